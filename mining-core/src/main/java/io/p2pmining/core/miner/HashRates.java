package io.p2pmining.core.miner;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Hash rates of a miner over the last seconds, from samples of its counters. Somebody calls {@link
 * #sample()} at regular intervals, a second say. Safe for use by any thread.
 */
public final class HashRates {

  private final Miner miner;
  private final LongSupplier nanoClock;
  private final int capacity;
  private final long[] timesNanos;
  private final long[][] hashes;
  private int count;

  /**
   * Rates over at most the last {@code samples} samples.
   *
   * @param nanoClock the time in nanoseconds since any moment, for example {@code System::nanoTime}
   */
  public HashRates(Miner miner, LongSupplier nanoClock, int samples) {
    if (samples < 2) {
      throw new IllegalArgumentException("samples=" + samples + ", must be at least 2");
    }
    this.miner = miner;
    this.nanoClock = nanoClock;
    this.capacity = samples;
    this.timesNanos = new long[samples];
    this.hashes = new long[samples][miner.threadCount()];
    sample();
  }

  /** Takes the counters as they are now. */
  public synchronized void sample() {
    int slot = count % capacity;
    timesNanos[slot] = nanoClock.getAsLong();
    for (int thread = 0; thread < hashes[slot].length; thread++) {
      hashes[slot][thread] = miner.hashes(thread);
    }
    count++;
  }

  /** Hashes a second of all threads over the last {@code window}, or as much of it as is known. */
  public synchronized double total(Duration window) {
    double total = 0;
    for (int thread = 0; thread < hashes[0].length; thread++) {
      total += ofThread(thread, window);
    }
    return total;
  }

  /** Hashes a second of one thread over the last {@code window}. */
  public synchronized double ofThread(int thread, Duration window) {
    int newest = (count - 1) % capacity;
    int oldest = newest;
    for (int back = 1; back < Math.min(count, capacity); back++) {
      int slot = (count - 1 - back) % capacity;
      if (back > 1 && timesNanos[newest] - timesNanos[slot] > window.toNanos()) {
        break;
      }
      oldest = slot;
    }
    long nanos = timesNanos[newest] - timesNanos[oldest];
    return nanos == 0 ? 0 : (hashes[newest][thread] - hashes[oldest][thread]) * 1e9 / nanos;
  }
}
