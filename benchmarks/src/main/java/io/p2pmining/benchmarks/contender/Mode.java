package io.p2pmining.benchmarks.contender;

import java.util.Locale;

/** What contenders read dataset items from. */
public enum Mode {
  /** The whole dataset. */
  FULL,
  /** The cache, of which each item is computed. */
  LIGHT,
  /**
   * The first 256 KiB of the dataset, so that every read hits the second-level cache: the hashes
   * are wrong, their rate is that of computing alone.
   */
  MASKED;

  /** The word for it in options and in the protocol. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of a word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Mode of(String label) {
    for (Mode mode : values()) {
      if (mode.label().equals(label)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("mode=" + label + ", must be full, light or masked");
  }
}
