package io.p2pmining.master.trust;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Whether one peer searches the ranges that it says it has searched: a sequential test on the
 * number of shares it finds. Guarded by its owner.
 *
 * <p>A completed range of n nonces, each a share with probability p, is a binomial count k with
 * mean m = n·p. Against the hypothesis that only the part q of it was searched, the likelihood
 * ratio of k as a Poisson count is L = qᵏ·exp(m·(1 − q)). For whoever searches everything, E[qᵏ] =
 * (1 − p·(1 − q))ⁿ ≤ exp(−m·(1 − q)), so E[L] ≤ 1, exactly and not only for large n.
 *
 * <p>The statistic is Shiryaev and Roberts', weighted by time: R becomes (R + w)·L, where w is how
 * long the range took, in years. E[R − Σw] does not rise, since w does not depend on k; by optional
 * stopping, E[Σw] ≥ E[R] ≥ A when R first reaches A. So an honest peer works for at least A years
 * on average until it is flagged by chance, whatever the sizes and the number of its ranges; after
 * a flag the test begins anew, which keeps the rate at most 1/A a year. The mean of several such
 * statistics, one for each q, has the same property: with it small deficits are found, and large
 * ones soon.
 */
final class RangeAudit {

  /** The parts searched that are tested against: nearly all, half, nearly nothing. */
  private static final double[] PARTS = {0.9, 0.5, 0.05};

  private static final double SECONDS_PER_YEAR = Duration.ofDays(365).toSeconds();

  private final double threshold;
  private final double[] statistics = new double[PARTS.length];
  private double expected;
  private long found;

  RangeAudit(AuditSettings settings) {
    this(settings.peerYears());
  }

  /**
   * @param years after how many years of work an honest peer is flagged by chance, at the earliest
   *     on average
   */
  RangeAudit(double years) {
    threshold = years;
  }

  /**
   * Adds a completed range.
   *
   * @param mean the expected number of shares, not above the true one
   * @param count how many were found
   * @param took how long the peer was busy with it
   * @return the figures since the test began, if they are too bad for chance
   */
  Optional<Deficit> completed(double mean, long count, Duration took) {
    double years = Math.max(0, took.toMillis() / 1000.0) / SECONDS_PER_YEAR;
    double sum = 0;
    for (int i = 0; i < PARTS.length; i++) {
      double part = PARTS[i];
      double ratio = Math.exp(mean * (1 - part) + count * Math.log(part));
      statistics[i] = Math.min((statistics[i] + years) * ratio, Double.MAX_VALUE);
      sum += statistics[i] / PARTS.length;
    }
    expected += mean;
    found += count;
    if (sum < threshold) {
      return Optional.empty();
    }
    Deficit deficit = new Deficit(expected, found);
    for (int i = 0; i < PARTS.length; i++) {
      statistics[i] = 0;
    }
    expected = 0;
    found = 0;
    return Optional.of(deficit);
  }

  /** Takes up a test that an earlier process has begun; one of another kind begins anew. */
  void restore(List<Double> known, double expectedShares, long foundShares) {
    if (known.size() != PARTS.length) {
      return;
    }
    for (int i = 0; i < PARTS.length; i++) {
      statistics[i] = known.get(i);
    }
    expected = expectedShares;
    found = foundShares;
  }

  /** What {@link #restore} takes. */
  List<Double> statistics() {
    return DoubleStream.of(statistics).boxed().toList();
  }

  /** How many shares were expected since the test began. */
  double expected() {
    return expected;
  }

  /** How many were found since then. */
  long found() {
    return found;
  }

  /** Too few shares. */
  record Deficit(double expected, long found) {}
}
