package io.p2pmining.core.miner;

import java.util.function.LongSupplier;

/**
 * How a {@link Miner} works.
 *
 * @param threads mining threads, at least 1
 * @param niceness how far the threads step back for other processes, 0 (not at all) to 19; Linux
 *     only
 * @param availableMemoryBytes how much memory this process may still take; asked before a seed is
 *     prepared, from any thread
 * @param memoryReserveBytes how much of that must stay free for others
 */
public record MinerSettings(
    int threads, int niceness, LongSupplier availableMemoryBytes, long memoryReserveBytes) {

  /** The lowest priority there is. */
  public static final int MAX_NICENESS = 19;

  public MinerSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + ", must be at least 1");
    }
    if (niceness < 0 || niceness > MAX_NICENESS) {
      throw new IllegalArgumentException("niceness=" + niceness + ", must be 0 to " + MAX_NICENESS);
    }
    if (memoryReserveBytes < 0) {
      throw new IllegalArgumentException("memoryReserveBytes=" + memoryReserveBytes);
    }
  }

  /** Threads at normal priority on a machine whose memory nobody counts. */
  public static MinerSettings ofThreads(int threads) {
    return new MinerSettings(threads, 0, () -> Long.MAX_VALUE, 0);
  }
}
