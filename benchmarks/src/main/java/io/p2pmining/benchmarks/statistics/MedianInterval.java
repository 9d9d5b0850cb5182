package io.p2pmining.benchmarks.statistics;

import java.util.List;
import java.util.Locale;

/**
 * An interval that holds the median of what was sampled, whatever its distribution: the order
 * statistics that the sign test does not reject. Exact, and needs no random numbers; with five
 * samples or fewer even the least and the greatest hold it with less than 95 %.
 *
 * @param coverage how often such an interval holds the median, at least; from 0 to 1
 */
public record MedianInterval(double low, double high, double coverage) {

  /** How sure the intervals of reports are. */
  public static final double USUAL_COVERAGE = 0.95;

  /** The narrowest interval with the usual coverage, or the widest there is if none has it. */
  public static MedianInterval of(List<Double> samples) {
    return of(samples, USUAL_COVERAGE);
  }

  /**
   * The narrowest interval with at least {@code coverage}, or the widest there is if none has it.
   *
   * @throws IllegalArgumentException if there are no samples
   */
  public static MedianInterval of(List<Double> samples, double coverage) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int cut = 0;
    while (cut + 1 < (sorted.length + 1) / 2 && coverageOf(sorted.length, cut + 1) >= coverage) {
      cut++;
    }
    return new MedianInterval(
        sorted[cut], sorted[sorted.length - 1 - cut], coverageOf(sorted.length, cut));
  }

  /**
   * How often {@code count} samples without the {@code cut} least and the {@code cut} greatest
   * enclose the median: not when at most {@code cut} of them lie on one side of it.
   */
  private static double coverageOf(int count, int cut) {
    double tail = 0;
    double ways = 1;
    for (int below = 0; below <= cut; below++) {
      tail += ways;
      ways = ways * (count - below) / (below + 1);
    }
    return Math.max(0, 1 - 2 * tail / Math.pow(2, count));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f to %.3f (%.1f %%)", low, high, 100 * coverage);
  }
}
