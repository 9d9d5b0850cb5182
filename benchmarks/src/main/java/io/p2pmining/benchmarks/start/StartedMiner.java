package io.p2pmining.benchmarks.start;

import io.p2pmining.benchmarks.contender.ContenderException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A miner that was started, computed a hash and ended.
 *
 * @param seconds from its start to its end
 * @param datasetSeconds how much of that it computed the dataset, as it says itself
 */
record StartedMiner(double seconds, double datasetSeconds) {

  private static final Pattern DATASET =
      Pattern.compile("\"datasetInitSeconds\"\\s*:\\s*([0-9.eE+-]+)");
  private static final double NANOS_PER_SECOND = 1e9;

  /** Starts a command and waits for its end. */
  static StartedMiner run(List<String> command) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
      if (status != 0) {
        throw new ContenderException("status=" + status + " of " + String.join(" ", command));
      }
      return new StartedMiner(seconds, datasetSeconds(output));
    } catch (IOException e) {
      throw new ContenderException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    }
  }

  /** Finds the time in a JSON document. */
  static double datasetSeconds(String json) {
    Matcher matcher = DATASET.matcher(json);
    if (!matcher.find()) {
      throw new ContenderException("no datasetInitSeconds in the output: " + json);
    }
    return Double.parseDouble(matcher.group(1));
  }

  /** What is left without the dataset. */
  double otherSeconds() {
    return seconds - datasetSeconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3f s in all, %.3f s the dataset, %.3f s the rest",
        seconds,
        datasetSeconds,
        otherSeconds());
  }
}
