package io.p2pmining.benchmarks.statistics;

import java.util.List;
import java.util.Locale;

/**
 * Where repeated measurements lie.
 *
 * @param median the middle one, or the mean of the two in the middle
 */
public record Spread(double median, double least, double greatest) {

  /**
   * Looks at measurements in any order.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Spread of(List<Double> measurements) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("no measurements");
    }
    double[] sorted = measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, least, greatest);
  }
}
