package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.statistics.PairedMeasurements;
import io.p2pmining.benchmarks.statistics.Spread;
import java.util.Locale;

/**
 * One line of a report.
 *
 * @param what for example {@code full}
 * @param unit for example {@code hashes a second}
 * @param moreIsBetter whether a ratio above 1 is good for ours
 */
record Finding(String what, String unit, boolean moreIsBetter, PairedMeasurements measured) {

  /** In how many pairs ours was better. */
  int won() {
    int above = measured.above();
    return moreIsBetter ? above : measured.pairs().size() - above;
  }

  String toText() {
    return String.format(
        Locale.ROOT,
        """
        %s, %s (%s is better)
          ours            %s
          theirs          %s
          ours / theirs   %.3f in the median pair, which is within %s; of the medians %.3f
          better          in %d of %d pairs
        """,
        what,
        unit,
        moreIsBetter ? "more" : "less",
        text(measured.ours()),
        text(measured.theirs()),
        measured.ratio().median(),
        measured.interval(),
        measured.ratioOfMedians(),
        won(),
        measured.pairs().size());
  }

  private static String text(Spread spread) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f to %.3f)", spread.median(), spread.least(), spread.greatest());
  }
}
