package io.p2pmining.worker.machine;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.Locale;

/**
 * What computes an algorithm's hashes on this machine, and on what.
 *
 * @param engine for example {@code compiler} or {@code interpreter}
 * @param instructions the newest extensions that generated code uses
 * @param mode how much memory it spends
 * @param pages the memory pages under the large tables
 * @param lanes how many hashes a thread computes side by side
 */
public record EngineUse(
    String engine, String instructions, HashingMode mode, String pages, int lanes) {

  private static final String INTERPRETER = "interpreter";

  /** As a seed uses it. */
  public static EngineUse of(PreparedSeed seed) {
    return new EngineUse(
        seed.engine(), seed.instructions(), seed.mode(), seed.pages(), seed.lanes());
  }

  /** The same with another number of lanes. */
  EngineUse withLanes(int count) {
    return new EngineUse(engine, instructions, mode, pages, count);
  }

  /** Whether hashing is slow for want of machine code. */
  public boolean isInterpreted() {
    return engine.equals(INTERPRETER);
  }

  /** The mode as reports name it. */
  public String modeName() {
    return mode.name().toLowerCase(Locale.ROOT);
  }
}
