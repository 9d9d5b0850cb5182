package io.p2pmining.worker.machine;

import io.p2pmining.core.pow.HashingMode;
import org.jspecify.annotations.Nullable;

/** Decides how many threads hash. */
public final class MiningThreads {

  /** Each thread needs its scratchpad in the third-level cache, or it waits for memory. */
  public static final long L3_BYTES_PER_THREAD = 2L << 20;

  private MiningThreads() {}

  /**
   * The number of threads.
   *
   * @param setting what the operator wants; null for one on each suitable core
   */
  public static int count(Machine machine, HashingMode mode, @Nullable Integer setting) {
    if (setting != null) {
      return setting;
    }
    return switch (mode) {
      // Computing dataset items takes most of the time; the scratchpad hardly matters.
      case LIGHT -> machine.cores();
      case FULL ->
          machine.l3CacheBytes() == 0
              ? machine.cores()
              : (int) Math.clamp(machine.l3CacheBytes() / L3_BYTES_PER_THREAD, 1, machine.cores());
    };
  }
}
