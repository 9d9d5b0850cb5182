package io.p2pmining.core.miner;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How far the mining threads are with one task. Threads claim nonces, several claims at a time if
 * they like; {@link #searched} says at any time, without stopping them, how many of the first
 * nonces have all been hashed.
 *
 * <p>For that each thread publishes a floor: no nonce below it is claimed by the thread and not yet
 * hashed. A thread with nothing in hand publishes it <em>before</em> it claims, with a cursor value
 * read earlier, which is never above what it then gets; further claims only get nonces above the
 * floor that stands. It raises the floor when its oldest claim is hashed, to the first nonce of the
 * next. A reader takes the cursor first and the floors after: every claim below that cursor was
 * made before the reading, so its floor, or the end of its hashing, is visible.
 *
 * <p>Once the search has ended, threads give nonces up that they have claimed. From then on they
 * leave their floors as they are, so that no nonce that was given up is ever below all of them.
 *
 * <p>All accesses are sequentially consistent; they happen once a claim.
 */
final class RangeSearch {

  /** The floor of a thread that has hashed all that it claimed. */
  static final long NOTHING_IN_HAND = Long.MAX_VALUE;

  /** Floors of two threads are never in one cache line, nor in a pair fetched together. */
  private static final int FLOOR_STRIDE = 16;

  final MiningTask task;

  private final long nonceCount;
  private final AtomicLong cursor = new AtomicLong();
  private final AtomicLong hashed = new AtomicLong();
  private final AtomicLong reported = new AtomicLong();
  private final AtomicLongArray floors;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicLong startedNanos = new AtomicLong();

  RangeSearch(MiningTask task, int threads) {
    this.task = task;
    this.nonceCount = task.nonceCount();
    this.floors = new AtomicLongArray(threads * FLOOR_STRIDE);
    for (int thread = 0; thread < threads; thread++) {
      floors.set(thread * FLOOR_STRIDE, NOTHING_IN_HAND);
    }
  }

  /**
   * Takes up to {@code count} nonces for a thread, besides those that it has.
   *
   * @return the index of the first within the range, or −1 if all have been taken
   */
  long claim(int thread, int count) {
    int slot = thread * FLOOR_STRIDE;
    long seen = cursor.get();
    if (seen >= nonceCount) {
      return -1;
    }
    if (seen == 0) {
      startedNanos.compareAndSet(0, System.nanoTime() | 1);
    }
    boolean idle = floors.get(slot) == NOTHING_IN_HAND;
    if (idle) {
      floors.set(slot, seen);
    }
    long first = cursor.getAndAdd(count);
    if (idle) {
      floors.set(slot, first < nonceCount ? first : NOTHING_IN_HAND);
    }
    return first < nonceCount ? first : -1;
  }

  /** The index after the last that a claim of {@code count} from {@code first} got. */
  long endOfClaim(long first, int count) {
    return Math.min(nonceCount, first + count);
  }

  /**
   * The thread has hashed all of its oldest claim, and reported the shares in it.
   *
   * @param count how many nonces the claim had
   * @param lowestInHand the first nonce of the oldest claim that the thread still has; {@link
   *     #NOTHING_IN_HAND} if it has none
   * @return whether the whole range has been hashed by now; true for one caller only
   */
  boolean finish(int thread, long count, long lowestInHand) {
    if (!isEnded()) {
      floors.set(thread * FLOOR_STRIDE, lowestInHand);
    }
    return hashed.addAndGet(count) == nonceCount;
  }

  /** That many of the first nonces have all been hashed. Never decreases. */
  long searched() {
    long mark = Math.min(nonceCount, cursor.get());
    for (int slot = 0; slot < floors.length(); slot += FLOOR_STRIDE) {
      mark = Math.min(mark, floors.get(slot));
    }
    return reported.accumulateAndGet(mark, Math::max);
  }

  /** Whether no nonce is left to take. */
  boolean isExhausted() {
    return cursor.get() >= nonceCount;
  }

  /** Whether threads are to leave at once: the task was cancelled, failed or completed. */
  boolean isEnded() {
    return ended.get();
  }

  /** Ends the search; true for the first caller only. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }

  Duration elapsed() {
    return Duration.ofNanos(Math.max(0, System.nanoTime() - startedNanos.get()));
  }
}
