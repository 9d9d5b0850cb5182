package io.p2pmining.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of a launcher in an environment of its own. */
final class LauncherRun {

  private static final long LIMIT_SECONDS = 60;

  private final Path directory;
  private final List<String> words = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** A run in a directory, which is its home directory as well. */
  LauncherRun(Path directory, String... words) {
    this.directory = directory;
    this.words.addAll(List.of(words));
    environment.put("HOME", directory.toString());
    environment.put("PATH", "/usr/bin:/bin");
  }

  LauncherRun with(String name, Object value) {
    environment.put(name, value.toString());
    return this;
  }

  /** Starts it without waiting for its end; its output goes to files. */
  Process start(Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toFile())
            .redirectOutput(output.toFile())
            .redirectError(output.resolveSibling(output.getFileName() + ".err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs it to its end. */
  Result run() throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "run", ".out");
    Process process = start(output);
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + words);
      }
      return new Result(
          process.exitValue(),
          Files.readString(output),
          Files.readString(output.resolveSibling(output.getFileName() + ".err")));
    } finally {
      process.destroyForcibly();
    }
  }

  record Result(int status, String out, String err) {}
}
