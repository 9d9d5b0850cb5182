package io.p2pmining.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Puts the real launcher among programs that only say how they were called. */
final class FakeInstallation {

  private static final Path LAUNCHER = Path.of("..", "p2pmine").toAbsolutePath().normalize();

  private final Path root;

  FakeInstallation(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root);
    Files.copy(LAUNCHER, launcher());
    makeExecutable(launcher());
  }

  Path root() {
    return root;
  }

  Path launcher() {
    return root.resolve("p2pmine");
  }

  /** Makes it a release: jars, no sources. */
  FakeInstallation asRelease() throws IOException {
    write("lib/cli.jar", "");
    return this;
  }

  /** Makes it a source tree whose build counts itself and leaves empty jars. */
  FakeInstallation asSources() throws IOException {
    write("pom.xml", "");
    for (String module : new String[] {"common", "mining-core", "cli", "worker-agent"}) {
      write(module + "/pom.xml", "");
      write(module + "/src/main/A.java", "");
    }
    script(
        "mvnw",
        """
        echo "$@" >>builds
        [ ! -e broken ] || { echo '[ERROR] A.java: it is broken'; exit 1; }
        sleep 0.5
        mkdir -p cli/target/cli-lib worker-agent/target
        : >cli/target/cli-1.jar
        : >cli/target/cli-lib/library.jar
        case "$*" in
          *worker-agent*)
            : >worker-agent/target/worker-agent-1.jar
            : >worker-agent/target/worker-agent-1-exec.jar
            touch -d 2001-01-01 worker-agent/target/worker-agent-1-exec.jar
            ;;
        esac
        """);
    return this;
  }

  /** How often the build ran. */
  long builds() throws IOException {
    Path builds = root.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  /** A Java that prints its name, the flags that matter here and the arguments. */
  Path java(String name, String version) throws IOException {
    Path home = javaWithoutRelease(name, version);
    write(
        root.relativize(home) + "/release",
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** A Java that tells its version only when it is asked for it. */
  Path javaWithoutRelease(String name, String version) throws IOException {
    script(
        name + "/bin/java",
        """
        if [ "$1" = -version ]; then echo 'openjdk version "%s" 2030-01-01' >&2; exit 0; fi
        while [ $# -gt 0 ] && [ "$1" != -jar ]; do shift; done
        shift 2
        echo "%s: $*"
        exit ${FAKE_STATUS:-0}
        """
            .formatted(version, name));
    script(name + "/bin/javac", "");
    return root.resolve(name);
  }

  void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** A bash script. */
  Path script(String file, String text) throws IOException {
    write(file, "#!/usr/bin/env bash\n" + text);
    makeExecutable(root.resolve(file));
    return root.resolve(file);
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
