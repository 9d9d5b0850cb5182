package io.p2pmining.benchmarks.load;

import java.util.Map;

/**
 * What a run showed.
 *
 * @param connectedWorkers how many were connected at the end
 * @param sharesPerSecond acknowledged during the measurement
 * @param resultsPerSecond the same with completed units
 * @param newJobCancelMs until the last worker had heard of the end of its old units; 0 if none did
 * @param newJobAssignMs until the last worker had work from the new job
 * @param heapMiB the most of the master's heap that was in use, garbage included; 0 if unknown
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
    double newJobCancelMs,
    double newJobAssignMs,
    int workersOnNewJob,
    double heapMiB,
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
    line(
        text,
        "new job",
        "last CANCEL after %.0f ms, last ASSIGN after %.0f ms; %d workers have it",
        newJobCancelMs,
        newJobAssignMs,
        workersOnNewJob);
    line(text, "master's heap", "%.0f MiB at most", heapMiB);
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

  private static void line(StringBuilder text, String name, String format, Object... values) {
    text.append("  %-16s ".formatted(name)).append(format.formatted(values)).append('\n');
  }
}
