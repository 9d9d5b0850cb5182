package io.p2pmining.core.randomx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Compares a dataset with items that are computed in Java from the cache, at random places that
 * nobody can foresee. Belongs to one thread.
 *
 * @param cache of the dataset's key
 */
record ItemSample(RandomXCache cache) {

  /**
   * So many that a dataset of which one part in a hundred is wrong passes once in 170 times, and
   * one of another key never; computing them takes some milliseconds.
   */
  private static final int ITEMS = 512;

  /**
   * Whether every item of the sample is the same.
   *
   * @param items from item 0 on; at least one
   */
  boolean agreesWith(MemorySegment items) {
    int count = Math.toIntExact(items.byteSize() / CacheParameters.ITEM_BYTES);
    SplittableRandom random = new SplittableRandom();
    InterpretedRanges interpreter = new InterpretedRanges(cache);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment expected = arena.allocate(CacheParameters.ITEM_BYTES, Long.BYTES);
      for (int i = 0; i < ITEMS; i++) {
        int item = random.nextInt(count);
        interpreter.compute(item, expected);
        long offset = (long) item * CacheParameters.ITEM_BYTES;
        if (expected.mismatch(items.asSlice(offset, CacheParameters.ITEM_BYTES)) >= 0) {
          return false;
        }
      }
    }
    return true;
  }
}
