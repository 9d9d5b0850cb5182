package io.p2pmining.core.miner;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * When one mining thread hashes and when it rests, so that it hashes for some percentage of the
 * time. The time it spent hashing is measured, and what it owes in rest is settled in pieces long
 * enough to be slept; time without work counts as rest. Owned by the thread.
 */
final class Pace {

  /** All of the time. */
  static final int FULL_PERCENT = 100;

  /**
   * Long against what a sleep is late by, short against the second over which it comes out even.
   */
  static final long SHORTEST_REST_NANOS = 10_000_000;

  /** What is rested too long is worth no more than this much work later. */
  private static final long MOST_CREDIT_NANOS = 100_000_000;

  /** A machine that stood still for a while must not make its threads rest for long. */
  private static final long MOST_OWED_NANOS = 60_000_000_000L;

  private final LongSupplier nanoClock;
  private final IntSupplier percent;

  private boolean hashing;
  private long sinceNanos;
  private long owedNanos;
  private int owedAtPercent = FULL_PERCENT;

  /**
   * A thread that does not hash yet.
   *
   * @param nanoClock the time in nanoseconds since any moment
   * @param percent how much of the time to hash at present, 1 to 100
   */
  Pace(LongSupplier nanoClock, IntSupplier percent) {
    this.nanoClock = nanoClock;
    this.percent = percent;
    this.sinceNanos = nanoClock.getAsLong();
  }

  /**
   * The thread goes on hashing, or begins to.
   *
   * @return for how long it has been hashing since the last call; −1 if it was not
   */
  long hash() {
    boolean wasHashing = hashing;
    long took = pass();
    hashing = true;
    return wasHashing ? took : -1;
  }

  /** The thread stops hashing, to rest or because it cannot go on. */
  void stop() {
    long ignored = pass();
    hashing = false;
  }

  /** Puts the time since the last call to account. */
  private long pass() {
    long now = nanoClock.getAsLong();
    long took = now - sinceNanos;
    sinceNanos = now;
    int share = percent.getAsInt();
    if (share != owedAtPercent) {
      owedAtPercent = share;
      owedNanos = 0;
    }
    owedNanos += hashing ? took * (FULL_PERCENT - share) / share : -took;
    owedNanos =
        Math.clamp(owedNanos, share < FULL_PERCENT ? -MOST_CREDIT_NANOS : 0, MOST_OWED_NANOS);
    return took;
  }

  /** Whether so much rest is owed that the thread should take it now. */
  boolean isRestDue() {
    return owedNanos >= SHORTEST_REST_NANOS;
  }

  /** How long the thread, which has stopped, should rest yet; 0 or less if it may go on. */
  long restNanos() {
    stop();
    return owedNanos;
  }
}
