package io.p2pmining.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The processes of one test, each with a log file. However the test ends, they and all that they
 * started are killed; when it fails, the ends of their logs are printed.
 */
final class Processes implements BeforeEachCallback, AfterEachCallback {

  private static final int LOG_LINES_SHOWN = 60;

  private final Map<String, RunningProgram> byName = new LinkedHashMap<>();
  private Path directory = Path.of("");

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("p2pmine-system-test");
  }

  /** A directory for this test's files. */
  Path directory() {
    return directory;
  }

  /** Starts a program; an earlier one of the same name must have ended. */
  RunningProgram start(String name, Map<String, String> environment, List<String> words)
      throws IOException {
    Path log = directory.resolve(name + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("P2PMINE_JAVA_HOME", System.getProperty("java.home"));
    RunningProgram program = new RunningProgram(name, builder.start(), log);
    byName.put(name, program);
    return program;
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    byName.values().forEach(RunningProgram::kill);
    if (context.getExecutionException().isPresent()) {
      printLogs();
    }
    deleteDirectory();
  }

  private void printLogs() throws IOException {
    try (Stream<Path> files = Files.walk(directory, 4)) {
      List<Path> logs =
          files.filter(file -> file.toString().matches(".*\\.(out|log)")).sorted().toList();
      for (Path log : logs) {
        List<String> lines = Files.readAllLines(log);
        System.err.println("---- " + log + ", " + lines.size() + " lines, the last of them:");
        lines.stream()
            .skip(Math.max(0, lines.size() - LOG_LINES_SHOWN))
            .forEach(System.err::println);
      }
    }
  }

  private void deleteDirectory() throws IOException {
    List<Path> deepestFirst = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      files.forEach(deepestFirst::addFirst);
    }
    for (Path file : deepestFirst) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("file=" + file, e);
      }
    }
  }
}
