package io.p2pmining.core.cpu;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a program that answers at once, or does without its answer. */
interface ShortCommand {

  /** What any program of interest needs less than. */
  Duration LIMIT = Duration.ofSeconds(2);

  /** More output than that is not read. */
  int MAX_LINES = 1000;

  /** The lines of its output; empty if it is missing, fails, or takes too long. */
  Optional<List<String>> run(List<String> command);

  /** Runs programs of this system. */
  static ShortCommand ofSystem() {
    return command -> run(command, LIMIT);
  }

  /** Runs a program of this system. An interrupt ends it and stays set. */
  static Optional<List<String>> run(List<String> command, Duration limit) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      // Small output waits in the pipe; a program that writes more than fits runs out of time.
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0) {
        try (BufferedReader output = process.inputReader()) {
          return Optional.of(output.lines().limit(MAX_LINES).toList());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }
}
