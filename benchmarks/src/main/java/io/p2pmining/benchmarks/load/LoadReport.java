package io.p2pmining.benchmarks.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run showed.
 *
 * @param connectedWorkers how many were connected at the end
 * @param sharesPerSecond acknowledged during the measurement
 * @param resultsPerSecond the same with completed units
 * @param newJobCancelMs for each further job, until the last worker had heard of the end of its old
 *     units; 0 if none did
 * @param newJobAssignMs for each further job, until the last worker had work from it
 * @param workersOnNewJob how many had work from the last job
 * @param heapMiB the most of the master's heap that was in use, garbage included; 0 if unknown
 * @param residentMiB the most of the master's process that was in memory while results were
 *     measured; negative if unknown
 * @param kibPerIdleConnection heap and buffers of the master, after collecting garbage, for each
 *     worker without work; negative if unknown
 * @param residentKibPerIdleConnection the same by the size of the process
 */
record LoadReport(
    int workers,
    long connectedWorkers,
    double seconds,
    double sharesPerSecond,
    double resultsPerSecond,
    Latencies.Summary handshake,
    Latencies.Summary assign,
    Latencies.Summary ack,
    List<Double> newJobCancelMs,
    List<Double> newJobAssignMs,
    int workersOnNewJob,
    double heapMiB,
    double residentMiB,
    double kibPerIdleConnection,
    double residentKibPerIdleConnection,
    long errorCount,
    Map<String, Long> errors) {

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "workers", "%d of %d connected", connectedWorkers, workers);
    line(text, "handshake", "%s", handshake);
    line(
        text,
        "results",
        "%.0f a second: %.0f shares, the rest completed units; %.1f s",
        resultsPerSecond,
        sharesPerSecond,
        seconds);
    line(text, "assign", "%s", assign);
    line(text, "acknowledge", "%s", ack);
    line(text, "new jobs", "last CANCEL after %s ms", inOrder(newJobCancelMs));
    line(text, "", "last ASSIGN after %s ms", inOrder(newJobAssignMs));
    line(text, "", "%d workers have the last one", workersOnNewJob);
    line(text, "master's heap", "%.0f MiB at most", heapMiB);
    if (residentMiB >= 0) {
      line(text, "master's process", "%.0f MiB resident at most", residentMiB);
    }
    if (kibPerIdleConnection >= 0) {
      line(
          text,
          "idle connection",
          "%.1f KiB of heap and buffers, %.1f KiB of the process",
          kibPerIdleConnection,
          residentKibPerIdleConnection);
    }
    line(text, "errors", "%d", errorCount);
    errors.forEach((kind, count) -> line(text, "", "%d x %s", count, kind));
    return text.toString();
  }

  /** All of them in the order in which they came, and the one in the middle. */
  private static String inOrder(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    String all = values.stream().map("%.0f"::formatted).collect(Collectors.joining(", "));
    return "%s (median %.0f)".formatted(all, sorted[sorted.length / 2]);
  }

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append("  %-16s ".formatted(name)).append(format.formatted(values)).append('\n');
  }
}
