package io.p2pmining.cli.tune;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.tuning.Trial;
import io.p2pmining.core.tuning.TuningKey;
import io.p2pmining.core.tuning.TuningResult;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code tune} prints. The names and their order are an interface that scripts rely on.
 *
 * @param pages the kind of memory pages under the large tables
 * @param processors how many hardware threads this process may use
 * @param seconds how long was measured
 * @param complete whether everything was tried
 * @param gain by which part of the rate the best is faster than the default
 * @param stored the file in which the result is kept; empty if it is not
 * @param best how the machine hashes fastest
 * @param trials what was tried, in that order
 */
@JsonPropertyOrder({
  "cpu",
  "processors",
  "version",
  "algorithm",
  "mode",
  "instructions",
  "pages",
  "seconds",
  "complete",
  "gain",
  "stored",
  "best",
  "trials"
})
record TuneReport(
    String cpu,
    int processors,
    String version,
    String algorithm,
    String mode,
    String instructions,
    String pages,
    double seconds,
    boolean complete,
    double gain,
    String stored,
    Row best,
    List<Row> trials) {

  /**
   * A shape and its rate.
   *
   * @param aspect what it was tried for; {@code all} for the best of all
   * @param prefetch how dataset items are fetched ahead; {@code auto} where none are
   * @param affinity the processors that threads are bound to, or {@code off}
   * @param scratchpads the pages that scratchpads were wanted on
   * @param spread from the lowest to the highest rate, as a part of the median
   * @param verdict what came of it
   */
  @JsonPropertyOrder({
    "aspect",
    "threads",
    "lanes",
    "prefetch",
    "affinity",
    "scratchpads",
    "hashesPerSecond",
    "spread",
    "rounds",
    "verdict"
  })
  record Row(
      String aspect,
      int threads,
      int lanes,
      String prefetch,
      String affinity,
      String scratchpads,
      double hashesPerSecond,
      double spread,
      int rounds,
      String verdict) {

    static Row of(Trial trial) {
      return of(
          trial.aspect().label(),
          trial.shape(),
          trial.hashesPerSecond(),
          trial.spread(),
          trial.rounds(),
          trial.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static Row of(
        String aspect, MiningShape shape, double rate, double spread, int rounds, String verdict) {
      return new Row(
          aspect,
          shape.threads(),
          shape.lanes(),
          shape.prefetch().label(),
          shape.isBound() ? CpuSet.of(shape.cpus()).toString() : "off",
          shape.scratchpadPages().label(),
          rate,
          spread,
          rounds,
          verdict);
    }

    /** One line of a table. */
    String line() {
      return String.format(
          Locale.ROOT,
          "%-11s %7d %5d  %-10s  %-12s %-11s %10.2f %7.1f %%  %s",
          aspect,
          threads,
          lanes,
          prefetch,
          affinity,
          scratchpads,
          hashesPerSecond,
          100 * spread,
          verdict);
    }
  }

  private static final String HEADER =
      "%-11s %7s %5s  %-10s  %-12s %-11s %10s %9s  %s"
          .formatted(
              "tried",
              "threads",
              "lanes",
              "prefetch",
              "affinity",
              "scratchpads",
              "H/s",
              "spread",
              "verdict");

  static TuneReport of(TuningKey key, TuningResult result, String stored) {
    return new TuneReport(
        key.cpu(),
        key.processors(),
        key.version(),
        key.algorithm(),
        key.mode(),
        key.instructions(),
        key.pages(),
        result.took().toNanos() / 1e9,
        result.complete(),
        result.gain(),
        stored,
        Row.of(
            "all",
            result.shape(),
            result.hashesPerSecond(),
            0,
            0,
            result.gain() > 0 ? "chosen" : "kept"),
        result.trials().stream().map(Row::of).toList());
  }

  String toJson() {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %s mode, %s instructions, %s pages, %s%n%n"
            .formatted(algorithm, mode, instructions, pages, cpu));
    text.append(HEADER).append(System.lineSeparator());
    trials.forEach(row -> text.append(row.line()).append(System.lineSeparator()));
    text.append(
        String.format(
            Locale.ROOT,
            "%nbest  %d thread%s, %d lane%s, prefetch %s, affinity %s, scratchpads %s: %.2f H/s, %s%n",
            best.threads(),
            best.threads() == 1 ? "" : "s",
            best.lanes(),
            best.lanes() == 1 ? "" : "s",
            best.prefetch(),
            best.affinity(),
            best.scratchpads(),
            best.hashesPerSecond(),
            gain > 0
                ? String.format(Locale.ROOT, "%.1f %% more than the default", 100 * gain)
                : "as by default"));
    text.append(
        stored.isEmpty()
            ? "not stored: time ran out before everything was tried"
            : "stored in " + stored);
    return text.toString();
  }
}
