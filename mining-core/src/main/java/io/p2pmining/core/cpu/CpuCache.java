package io.p2pmining.core.cpu;

/**
 * A cache of the processors.
 *
 * @param level 1 is the nearest
 * @param kind what it holds
 * @param bytes its size
 * @param cpus the hardware threads that share it
 */
public record CpuCache(int level, Kind kind, long bytes, CpuSet cpus) {

  /** What a cache holds. */
  public enum Kind {
    /** Data alone. */
    DATA,
    /** Instructions alone. */
    INSTRUCTION,
    /** Both. */
    UNIFIED
  }
}
