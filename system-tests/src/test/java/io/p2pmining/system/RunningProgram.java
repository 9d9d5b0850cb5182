package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process of a test.
 *
 * @param name what messages call it
 * @param process the process
 * @param log what it printed
 */
record RunningProgram(String name, Process process, Path log) {

  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  String output() throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }

  /** The processes that it started, and those they started. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Sends a signal by its name without SIG. */
  void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertThat(kill.waitFor()).as("kill -%s %s", signal, name).isZero();
  }

  /** Asks it to end and gives the status with which it did. */
  int terminate(Duration limit) throws InterruptedException {
    process.destroy();
    return awaitEnd(limit);
  }

  int awaitEnd(Duration limit) throws InterruptedException {
    assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
        .as("%s ends within %s", name, limit)
        .isTrue();
    return process.exitValue();
  }

  /** Kills it and all that it started. */
  void kill() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A figure of {@code /proc/<pid>/status} in bytes, for example VmRSS. */
  long memory(String figure) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
      if (line.startsWith(figure + ":")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException(figure + " is missing in the status of " + name);
  }
}
