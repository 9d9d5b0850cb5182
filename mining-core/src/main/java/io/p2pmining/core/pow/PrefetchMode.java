package io.p2pmining.core.pow;

import java.util.Locale;

/**
 * How generated code fetches ahead what it will read of the largest table. Changes speed, never a
 * result.
 */
public enum PrefetchMode {
  /** As the engine finds best for the machine. */
  AUTO,
  /** As soon as the address is known. */
  AT_ONCE,
  /**
   * First the translation of the address, in passing, and the line itself some work later. Faster
   * where translating goes to memory, as in most virtual machines, and slower elsewhere.
   */
  WALK_FIRST;

  /** The name in options and reports: {@code auto}, {@code at-once} or {@code walk-first}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
