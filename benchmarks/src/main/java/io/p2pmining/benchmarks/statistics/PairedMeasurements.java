package io.p2pmining.benchmarks.statistics;

import java.util.List;

/**
 * What paired measurements say about ours divided by theirs. The machine's mood meets both halves
 * of a pair, so the ratios within pairs tell more than the ratio of the medians.
 *
 * @param ratioOfMedians our median divided by theirs
 * @param ratio the ratios within the pairs
 * @param interval holds the median of those ratios
 * @param above in how many pairs ours was greater
 */
public record PairedMeasurements(
    List<Pair<Double>> pairs,
    Spread ours,
    Spread theirs,
    double ratioOfMedians,
    Spread ratio,
    MedianInterval interval,
    int above) {

  /**
   * Looks at pairs of positive measurements in one unit.
   *
   * @throws IllegalArgumentException if there are none, or one is not positive
   */
  public static PairedMeasurements of(List<Pair<Double>> pairs) {
    for (Pair<Double> pair : pairs) {
      if (!(pair.ours() > 0) || !(pair.theirs() > 0)) {
        throw new IllegalArgumentException("not positive: " + pair);
      }
    }
    Spread ours = Spread.of(pairs.stream().map(Pair::ours).toList());
    Spread theirs = Spread.of(pairs.stream().map(Pair::theirs).toList());
    List<Double> ratios = pairs.stream().map(pair -> pair.ours() / pair.theirs()).toList();
    return new PairedMeasurements(
        List.copyOf(pairs),
        ours,
        theirs,
        ours.median() / theirs.median(),
        Spread.of(ratios),
        MedianInterval.of(ratios),
        (int) ratios.stream().filter(ratio -> ratio > 1).count());
  }
}
