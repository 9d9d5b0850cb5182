package io.p2pmining.benchmarks.load;

import java.util.Arrays;

/** How long things took, up to a number of them. Safe for use by any thread. */
final class Latencies {

  /** An hour at five thousand a second. */
  private static final int MOST = 20_000_000;

  private static final int FIRST_CAPACITY = 1 << 12;
  private static final double NANOS_PER_MILLI = 1e6;

  // Guarded by this.
  private long[] nanos = new long[FIRST_CAPACITY];
  private int count;

  synchronized void add(long took) {
    if (count == MOST) {
      return;
    }
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.min(MOST, 2 * count));
    }
    nanos[count++] = took;
  }

  synchronized void clear() {
    count = 0;
  }

  synchronized Summary summary() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return new Summary(count, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  /** The smallest value that a part of all does not exceed; 0 if there are none. */
  private static double at(long[] sorted, double part) {
    int rank = (int) Math.ceil(part * sorted.length);
    return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)] / NANOS_PER_MILLI;
  }

  /** Percentiles in milliseconds. */
  record Summary(int count, double p50Ms, double p99Ms, double maxMs) {

    @Override
    public String toString() {
      return "p50 %.1f ms, p99 %.1f ms, most %.1f ms (%d)".formatted(p50Ms, p99Ms, maxMs, count);
    }
  }
}
