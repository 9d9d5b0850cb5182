package io.p2pmining.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
class LauncherTest {

  private static final long LIMIT_SECONDS = 60;

  /** All that the launcher and its fake build need, and no flock. */
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "env",
          "find",
          "head",
          "cp",
          "mv",
          "mkdir",
          "rmdir",
          "dirname",
          "basename",
          "touch",
          "sleep",
          "readlink",
          "grep",
          "tail",
          "cat");

  @TempDir Path directory;
  private FakeInstallation installation;
  private Path java;

  @BeforeEach
  void install() throws IOException {
    installation = new FakeInstallation(directory.resolve("home of it"));
    java = installation.java("java-25", "25");
  }

  @Test
  void worksThroughSymbolicLinksFromAnyDirectory() throws Exception {
    installation.asRelease();
    Path first = directory.resolve("first");
    Files.createSymbolicLink(first, Path.of("home of it", "p2pmine"));
    Path second = Files.createDirectories(directory.resolve("elsewhere")).resolve("second");
    Files.createSymbolicLink(second, Path.of("..", "first"));

    assertThat(launch(second, "hash", "a b", "").run().out()).isEqualTo("java-25: hash a b \n");
  }

  @Test
  void passesTheStatusOn() throws Exception {
    installation.asRelease();

    assertThat(launch("bench").with("FAKE_STATUS", 42).run().status()).isEqualTo(42);
  }

  @Test
  void isReplacedByTheCommandSoThatSignalsReachIt() throws Exception {
    installation.asRelease();
    installation.script("java-25/bin/java", "echo $$; exec sleep 60");
    Path output = directory.resolve("output");
    Process process = launch("bench").start(output);
    try {
      awaitText(output);

      assertThat(Files.readString(output).strip()).isEqualTo("" + process.pid());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void isReplacedByTheServiceThatTheCommandPlans() throws Exception {
    installation.asRelease();
    installation.script(
        "java-25/bin/java",
        """
        for word in "$@"; do
          case $word in -Dp2pmine.exec-plan=*) plan=${word#*=} ;; esac
        done
        printf '%s\\0' bash -c 'echo "$$ $1"; exec sleep 60' bash 'two words' >"$plan"
        """);
    Path output = directory.resolve("output");
    Process process = launch("worker", "--master", "host:1").start(output);
    try {
      awaitText(output);

      assertThat(Files.readString(output).strip()).isEqualTo(process.pid() + " two words");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsWithTheStatusOfACommandThatPlansNothing() throws Exception {
    installation.asRelease();

    assertThat(launch("worker", "--help").run().status()).isZero();
    assertThat(launch("worker").with("FAKE_STATUS", 2).run().status()).isEqualTo(2);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "script(1) differs from system to system")
  void tellsTheCommandHowWideTheTerminalIs() throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/script")), "script(1) is missing");
    installation.asRelease();
    installation.script("java-25/bin/java", "printf '%s\\n' \"$@\"");
    String inTerminal = "stty cols 132 rows 40; exec '" + installation.launcher() + "' bench";

    assertThat(
            new LauncherRun(directory, "script", "-qec", inTerminal, "/dev/null")
                .with("P2PMINE_JAVA_HOME", java)
                .run()
                .out())
        .contains("-Dp2pmine.terminal.out=true", "-Dp2pmine.terminal.columns=132");
    assertThat(launch("bench").run().out()).doesNotContain("p2pmine.terminal");
  }

  @Test
  void buildsOnceAndOnlyWhatTheCommandNeeds() throws Exception {
    installation.asSources();

    LauncherRun.Result first = launch("bench").run();
    LauncherRun.Result second = launch("hash").run();

    assertThat(first.out()).isEqualTo("java-25: bench\n");
    assertThat(first.err()).startsWith("p2pmine: building").contains("p2pmine: built in ");
    assertThat(second.err()).isEmpty();
    assertThat(installation.root().resolve("builds"))
        .content()
        .contains("-pl cli -am")
        .doesNotContain("worker-agent");
    assertThat(launch("worker").run().status()).isZero();
    assertThat(installation.root().resolve("builds"))
        .content()
        .contains("-pl cli,worker-agent -am");
  }

  @Test
  void takesTheJarsOfAnotherBuildIfTheyAreFresh() throws Exception {
    installation.asSources();
    installation.write("cli/target/cli-1.jar", "");
    installation.write("cli/target/cli-1-sources.jar", "");
    installation.write("cli/target/cli-lib/library.jar", "");

    assertThat(launch("bench").run().out()).isEqualTo("java-25: bench\n");
    assertThat(installation.builds()).isZero();
  }

  @Test
  void doesNotMindThatJarsWithLibrariesBearAnOldDate() throws Exception {
    installation.asSources();
    launch("worker").run();
    launch("worker").run();

    assertThat(installation.builds()).isEqualTo(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    installation.asSources();
    launch("bench").run();
    Path source = installation.root().resolve("common/src/main/A.java");

    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    launch("bench").run();

    assertThat(installation.builds()).isEqualTo(2);
  }

  @Test
  void doesNotBuildWhenToldSo() throws Exception {
    installation.asSources();

    LauncherRun.Result result = launch("bench").with("P2PMINE_BUILD", "off").run();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).endsWith(".build/cli.jar is missing\n");
    assertThat(installation.builds()).isZero();
  }

  @Test
  void showsTheErrorsOfAFailedBuild() throws Exception {
    installation.asSources();
    installation.write("broken", "");

    LauncherRun.Result result = launch("bench").run();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("p2pmine: the build failed")
        .contains("[ERROR] A.java: it is broken");
  }

  @Test
  void letsOnlyOneOfTwoLaunchersBuild() throws Exception {
    installation.asSources();
    assertThatTwoLaunchersBuildOnce("/usr/bin:/bin");
  }

  @Test
  void letsOnlyOneOfTwoLaunchersBuildWhereFlockIsMissing() throws Exception {
    installation.asSources();
    for (String tool : TOOLS) {
      Path script = installation.script("tools/" + tool, "exec " + whereIs(tool) + " \"$@\"\n");
      Files.writeString(script, Files.readString(script).replace("/usr/bin/env bash", "/bin/bash"));
    }

    assertThatTwoLaunchersBuildOnce(installation.root().resolve("tools").toString());
  }

  private static Path whereIs(String tool) {
    Path path = Path.of("/usr/bin", tool);
    return Files.exists(path) ? path : Path.of("/bin", tool);
  }

  private void assertThatTwoLaunchersBuildOnce(String path) throws Exception {
    Process first = launch("bench").with("PATH", path).start(directory.resolve("first.out"));
    Process second = launch("bench").with("PATH", path).start(directory.resolve("second.out"));
    try {
      assertThat(first.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(second.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
    assertThat(directory.resolve("first.out")).hasContent("java-25: bench");
    assertThat(directory.resolve("second.out")).hasContent("java-25: bench");
    assertThat(installation.builds()).isEqualTo(1);
  }

  private LauncherRun launch(String... arguments) {
    return launch(installation.launcher(), arguments);
  }

  private LauncherRun launch(Path launcher, String... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = launcher.toString();
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    return new LauncherRun(directory, words).with("P2PMINE_JAVA_HOME", java);
  }

  private static void awaitText(Path file) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (Files.size(file) == 0) {
      assertThat(System.nanoTime()).as("waiting for text in " + file).isLessThan(end);
      Thread.sleep(20);
    }
  }
}
