package io.p2pmining.master.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rate that forgets: what happened counts less the longer ago it is. Guarded by whoever owns it.
 */
final class Pace {

  /** After so long something counts a third. */
  private static final double MEMORY_SECONDS = 60;

  private @Nullable Instant since;
  private @Nullable Instant last;
  private double sum;

  /** Begins to count time. */
  void start(Instant now) {
    if (since == null) {
      since = now;
      last = now;
    }
  }

  void add(long amount, Instant now) {
    start(now);
    fadeTo(now);
    sum += amount;
  }

  /** The average over the last minute or so, or since the start if that is shorter. */
  double perSecond(Instant now) {
    Instant begin = since;
    if (begin == null) {
      return 0;
    }
    fadeTo(now);
    double remembered = MEMORY_SECONDS * (1 - Math.exp(-seconds(begin, now) / MEMORY_SECONDS));
    return remembered <= 0 ? 0 : sum / remembered;
  }

  private void fadeTo(Instant now) {
    Instant before = last;
    if (before != null && now.isAfter(before)) {
      sum *= Math.exp(-seconds(before, now) / MEMORY_SECONDS);
      last = now;
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
