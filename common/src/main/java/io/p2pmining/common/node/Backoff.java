package io.p2pmining.common.node;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt to reach a node that does not answer. Waits double from
 * {@link #FIRST} up to {@link #EARLY_CAP}, so that a master that restarts has its workers back
 * within seconds; after {@link #EARLY} they go on doubling up to {@link #LATE_CAP}, so that a
 * master that is gone costs next to nothing. Of each wait up to a half is left to chance, so that a
 * thousand workers do not come back in the same instant.
 *
 * <p>Owned by one thread at a time.
 */
public final class Backoff {

  /** The wait before the second attempt; the first one needs none. */
  public static final Duration FIRST = Duration.ofMillis(250);

  /** How long an outage counts as short. */
  public static final Duration EARLY = Duration.ofMinutes(1);

  /** The longest wait in a short outage. */
  public static final Duration EARLY_CAP = Duration.ofSeconds(3);

  /** The longest wait of all. */
  public static final Duration LATE_CAP = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private final InstantSource clock;

  private @Nullable Instant outageStart;
  private Duration ceiling = FIRST;

  public Backoff(RandomGenerator random, InstantSource clock) {
    this.random = random;
    this.clock = clock;
  }

  /** Called after each failed attempt: how long to wait before the next one. */
  public Duration next() {
    Instant now = clock.instant();
    if (outageStart == null) {
      outageStart = now;
    }
    Duration cap = Duration.between(outageStart, now).compareTo(EARLY) < 0 ? EARLY_CAP : LATE_CAP;
    Duration longest = min(ceiling, cap);
    ceiling = min(longest.multipliedBy(2), LATE_CAP);
    long halfNanos = longest.toNanos() / 2;
    return Duration.ofNanos(halfNanos + random.nextLong(halfNanos + 1));
  }

  /** Called when the node was reached and answered: the next outage starts anew. */
  public void reset() {
    outageStart = null;
    ceiling = FIRST;
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
