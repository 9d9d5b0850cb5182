package io.p2pmining.core.tuning;

import java.time.Duration;
import java.util.Arrays;

/**
 * When one way to hash counts as faster than another. Both are measured in turn, round after round,
 * so that what changes slowly, heat above all, changes both; then the median must be better by a
 * margin, and nearly every round must agree. On equal machines a winner by chance needs luck in
 * four of five rounds and a margin that is more than what rates usually vary by.
 *
 * @param rounds how often each is measured
 * @param neededWins in how many rounds the winner must have been faster
 * @param margin by which part of the rate the winner's median must be better
 * @param budget how long all measuring may take
 */
public record TuningRule(int rounds, int neededWins, double margin, Duration budget) {

  /** The most time that tuning takes beside the mining. */
  public static final Duration MOST_TIME = Duration.ofMinutes(2);

  /** What {@link #within} two minutes does. */
  public static final TuningRule USUAL = within(MOST_TIME);

  /** Too slow to be ever the best: not worth mining in any longer. */
  private static final double HOPELESS = 0.85;

  /** After so many rounds in which it was hopeless. */
  private static final int HOPELESS_ROUNDS = 2;

  private static final Duration LONGEST_WINDOW = Duration.ofSeconds(2);
  private static final Duration SHORTEST_WINDOW = Duration.ofMillis(50);

  /** The rest is for measurements that have to be repeated. */
  private static final double MEASURED_PART = 0.8;

  /** What changing from one shape to the next takes at most, as a rule. */
  private static final Duration CHANGE = Duration.ofMillis(100);

  public TuningRule {
    if (rounds < 1 || neededWins < 1 || neededWins > rounds || margin < 0 || !isPositive(budget)) {
      throw new IllegalArgumentException(
          "rounds=%d, neededWins=%d, margin=%s, budget=%s"
              .formatted(rounds, neededWins, margin, budget));
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isZero() && !duration.isNegative();
  }

  /** Five rounds, of which four must agree, and two percent, in so much time. */
  public static TuningRule within(Duration budget) {
    return new TuningRule(5, 4, 0.02, budget);
  }

  /** How long to count for, if so many shapes are measured. */
  Duration window(int shapes) {
    long each = (long) (MEASURED_PART * budget.toNanos() / Math.max(1, shapes * rounds));
    return Duration.ofNanos(
        Math.clamp(each - CHANGE.toNanos(), SHORTEST_WINDOW.toNanos(), LONGEST_WINDOW.toNanos()));
  }

  /** Whether rates are so much better than others, if there are all of both. */
  boolean isBetter(double[] rates, double[] than) {
    if (rates.length != rounds || than.length != rounds) {
      return false;
    }
    int wins = 0;
    for (int round = 0; round < rounds; round++) {
      wins += rates[round] > than[round] ? 1 : 0;
    }
    return wins >= neededWins && median(rates) >= (1 + margin) * median(than);
  }

  /** Whether rates are so much worse from the first round on that no more of them are needed. */
  boolean isHopeless(double[] rates, double[] than) {
    int slow = 0;
    for (int round = 0; round < Math.min(rates.length, than.length); round++) {
      slow += rates[round] < HOPELESS * than[round] ? 1 : 0;
    }
    return slow >= HOPELESS_ROUNDS && slow == rates.length;
  }

  /** Whether so few hashes were counted that one more or less outweighs the margin. */
  boolean isTooFew(long hashes) {
    return hashes * margin < 1;
  }

  static double median(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : (sorted[Math.max(0, middle - 1)] + sorted[middle]) / 2;
  }

  /** From the lowest to the highest, as a part of the median. */
  static double spread(double[] rates) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    return (sorted[sorted.length - 1] - sorted[0]) / median(rates);
  }
}
