package io.p2pmining.master.job;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a job is. An immutable snapshot. What is stored of it leaves out the rate, and the nonces
 * searched of units that have not ended, which are known from the units.
 *
 * @param nonces how many nonces are to be searched, ranges that were added included
 * @param searched how many of them have been
 * @param failed how many were given up after too many attempts
 * @param cancelled how many nobody searches any more, because an operator or the job's end said so
 * @param shares how many shares were credited
 * @param hashesPerSecond how fast it advances, about the last minute
 */
public record JobProgress(
    long nonces, long searched, long failed, long cancelled, long shares, double hashesPerSecond) {

  /** Longer than anybody waits. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** How many nonces are neither searched nor given up. */
  public long left() {
    return Math.max(0, nonces - searched - failed - cancelled);
  }

  /** The part of the nonces that has been searched, 0 to 1. */
  public double part() {
    return nonces == 0 ? 0 : Math.min(1, (double) searched / nonces);
  }

  /** How long the rest takes at this rate; empty while nothing moves. */
  public Optional<Duration> timeLeft() {
    double seconds = left() / hashesPerSecond;
    return Double.isNaN(seconds) || seconds > LONGEST.toSeconds()
        ? Optional.empty()
        : Optional.of(Duration.ofMillis((long) (1000 * seconds)));
  }
}
