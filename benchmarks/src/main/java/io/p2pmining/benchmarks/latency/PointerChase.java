package io.p2pmining.benchmarks.latency;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads random cache lines, each address depending on what was read before: several such chains at
 * a time, whose reads can overlap. A step also computes its address, which takes some 3 ns. For one
 * thread; several may share the memory.
 */
final class PointerChase {

  /** The most chains at a time; their steps still fit into a processor's reorder buffer. */
  static final int MAX_CHAINS = 8;

  private static final int LINE_SHIFT = 6;

  // A linear congruential generator over 64 bits (Knuth, MMIX); its high bits are random enough.
  private static final long MULTIPLIER = 6364136223846793005L;
  private static final long INCREMENT = 1442695040888963407L;

  private final MemorySegment memory;
  private final int addressShift;

  /**
   * Chases through memory.
   *
   * @param memory its size in bytes is a power of two, from 128 on
   */
  PointerChase(MemorySegment memory) {
    long lines = memory.byteSize() >>> LINE_SHIFT;
    if (Long.bitCount(memory.byteSize()) != 1 || lines < 2) {
      throw new IllegalArgumentException(
          "bytes=" + memory.byteSize() + ", must be a power of two from 128 on");
    }
    this.memory = memory;
    addressShift = Long.SIZE - Long.numberOfTrailingZeros(lines);
  }

  /**
   * Lets every chain take so many steps.
   *
   * @param chains 1 to {@link #MAX_CHAINS}
   * @return a value that depends on everything that was read
   */
  long chase(int chains, int steps, long seed) {
    if (chains < 1 || chains > MAX_CHAINS) {
      throw new IllegalArgumentException("chains=" + chains + ", must be 1 to " + MAX_CHAINS);
    }
    long[] states = new long[chains];
    for (int chain = 0; chain < chains; chain++) {
      states[chain] = seed + chain;
    }
    for (int step = 0; step < steps; step++) {
      for (int chain = 0; chain < chains; chain++) {
        long state = states[chain] * MULTIPLIER + INCREMENT;
        states[chain] = state + memory.get(ValueLayout.JAVA_LONG, offset(state));
      }
    }
    long sum = 0;
    for (long state : states) {
      sum += state;
    }
    return sum;
  }

  private long offset(long state) {
    return state >>> addressShift << LINE_SHIFT;
  }
}
