package io.p2pmining.core.randomx;

/** What a mode keeps in memory for a key. */
sealed interface SeedMemory {

  /** Light mode computes dataset items from the cache as it needs them. */
  record Light(RandomXCache cache) implements SeedMemory {}

  /** Full mode has them all, and no use for the cache any more. */
  record Full(RandomXDataset dataset) implements SeedMemory {}
}
