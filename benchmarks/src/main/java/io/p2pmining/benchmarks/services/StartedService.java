package io.p2pmining.benchmarks.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A service that the launcher started and that is ready, which it shows by its runtime file.
 *
 * @param clockSeconds from the launcher's start to the runtime file
 * @param processorSeconds what the service itself computed until then, on all its threads
 * @param runtime the text of the runtime file
 */
record StartedService(Process process, double clockSeconds, double processorSeconds, String runtime)
    implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MS = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Starts {@code service} and waits until it is ready.
   *
   * @param data its data directory, which holds no runtime file yet
   */
  static StartedService start(Path launcher, String service, Path data, String... options)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(launcher.toAbsolutePath().toString(), service, "--data", "" + data));
    words.addAll(List.of(options));
    Path log = data.resolve("log");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Path runtime = data.resolve(service + ".json");
    while (!Files.exists(runtime)) {
      long nanos = System.nanoTime() - start;
      if (!process.isAlive() || nanos > START_LIMIT.toNanos()) {
        process.destroyForcibly();
        throw new IllegalStateException(service + " does not start: " + Files.readString(log));
      }
      Thread.sleep(POLL_MS);
    }
    double clockSeconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
    return new StartedService(
        process, clockSeconds, processor.toNanos() / NANOS_PER_SECOND, Files.readString(runtime));
  }

  /** A number of the runtime file. */
  long number(String name) {
    String key = "\"" + name + "\":";
    return firstNumber(runtime.substring(runtime.indexOf(key) + key.length()));
  }

  /** A figure of {@code /proc/<pid>/status} in bytes, for example VmRSS. */
  long memoryBytes(String figure) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + process.pid(), "status"))) {
      if (line.startsWith(figure + ":")) {
        return 1024 * firstNumber(line);
      }
    }
    throw new IllegalStateException(figure + " is missing, pid=" + process.pid());
  }

  private static long firstNumber(String text) {
    return Long.parseLong(text.replaceFirst("\\D*", "").replaceFirst("(?s)\\D.*", ""));
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
