package io.p2pmining.master.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * How late is what waits for groups to be durable: what can wait steps aside while workers wait for
 * assignments and acknowledgements. Safe for use by any thread. Memory: one number for each group
 * whose effects are still to happen.
 */
public final class Lag {

  /** Some times as long as a group takes on a machine with time to spare. */
  private static final Duration LATE = Duration.ofMillis(20);

  private final LongSupplier nanoTime;

  // Guarded by this: when the groups were begun whose effects are still to happen.
  private final Deque<Long> begun = new ArrayDeque<>();

  // Guarded by this.
  private boolean rushing;
  private long rushEnd;

  /**
   * Nothing waits yet.
   *
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  public Lag(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A group is being written that something waits for. */
  synchronized void begun() {
    begun.addLast(nanoTime.getAsLong());
  }

  /** What waited for the oldest of those groups has happened. */
  synchronized void happened() {
    begun.pollFirst();
  }

  /**
   * Many workers wait for units at a time, which needs all there is.
   *
   * @param longest until when, if nobody tells that it is over
   */
  public synchronized void rush(Duration longest) {
    rushEnd = nanoTime.getAsLong() + longest.toNanos();
    rushing = true;
  }

  /** The last of them has units. */
  public synchronized void rushIsOver() {
    rushing = false;
  }

  /** Whether something waits for longer than it does on a machine with time to spare, or will. */
  synchronized boolean isLate() {
    long now = nanoTime.getAsLong();
    Long oldest = begun.peekFirst();
    return (oldest != null && now - oldest > LATE.toNanos()) || (rushing && now - rushEnd < 0);
  }
}
