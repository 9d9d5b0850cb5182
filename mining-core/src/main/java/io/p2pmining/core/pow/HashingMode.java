package io.p2pmining.core.pow;

/** How much memory an algorithm spends to hash faster. */
public enum HashingMode {
  /** The least memory with which the algorithm still runs: for RandomX the 256 MiB cache. */
  LIGHT,
  /** Everything precomputed: for RandomX the 2080 MiB dataset. */
  FULL
}
