package io.p2pmining.core.randomx;

import io.p2pmining.core.memory.MemoryPages;
import io.p2pmining.core.pow.HashingMode;

/** What a mode keeps in memory for a key. Safe for use by any thread until its owner closes it. */
public sealed interface SeedMemory extends AutoCloseable {

  HashingMode mode();

  /** Dataset items for one thread that runs Java. */
  DatasetItems items();

  /** The kind of pages under it. */
  MemoryPages pages();

  @Override
  void close();

  /** Light mode computes dataset items from the cache as it needs them. */
  record Light(RandomXCache cache) implements SeedMemory {

    @Override
    public HashingMode mode() {
      return HashingMode.LIGHT;
    }

    @Override
    public DatasetItems items() {
      return cache.items();
    }

    @Override
    public MemoryPages pages() {
      return cache.pages();
    }

    @Override
    public void close() {
      cache.close();
    }
  }

  /** Full mode has them all, and no use for the cache any more. */
  record Full(RandomXDataset dataset) implements SeedMemory {

    @Override
    public HashingMode mode() {
      return HashingMode.FULL;
    }

    @Override
    public DatasetItems items() {
      return dataset.items();
    }

    @Override
    public MemoryPages pages() {
      return dataset.pages();
    }

    @Override
    public void close() {
      dataset.close();
    }
  }
}
