package io.p2pmining.system;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The launcher with the jars that this build just made, laid out as a release: without sources, so
 * that no test starts another build.
 */
final class Installation {

  private static final Path ROOT = Path.of(System.getProperty("p2pmine.root", ".."));

  private final Path directory;

  private Installation(Path directory) {
    this.directory = directory;
  }

  static Installation in(Path directory) throws IOException {
    Path lib = Files.createDirectories(directory.resolve("lib/cli-lib")).getParent();
    Files.copy(
        ROOT.resolve("p2pmine"), directory.resolve("p2pmine"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.copy(only("cli/target", "cli-*.jar"), lib.resolve("cli.jar"));
    for (String service : List.of("master-service", "worker-agent")) {
      Path jar = only(service + "/target", service + "-*-exec.jar");
      Files.createSymbolicLink(lib.resolve(service + ".jar"), jar.toAbsolutePath());
    }
    try (DirectoryStream<Path> libraries =
        Files.newDirectoryStream(ROOT.resolve("cli/target/cli-lib"))) {
      for (Path library : libraries) {
        Files.copy(library, lib.resolve("cli-lib").resolve(library.getFileName()));
      }
    }
    return new Installation(directory);
  }

  /** The one file of this name in a folder of the project. */
  static Path only(String folder, String glob) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(ROOT.resolve(folder), glob)) {
      List<Path> jars = new ArrayList<>();
      found.forEach(jars::add);
      if (jars.size() != 1) {
        throw new IllegalStateException(
            "found=" + jars + ", one " + folder + "/" + glob + " is needed: run ./mvnw package");
      }
      return jars.getFirst();
    }
  }

  /** The words that run the launcher. */
  List<String> command(String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(directory.resolve("p2pmine").toString());
    words.addAll(List.of(arguments));
    return words;
  }
}
