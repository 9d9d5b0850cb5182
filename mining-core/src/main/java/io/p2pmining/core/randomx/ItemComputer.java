package io.p2pmining.core.randomx;

import io.p2pmining.core.randomx.superscalar.SuperscalarExecutor;
import java.lang.foreign.MemorySegment;

/**
 * Computes dataset items in lockstep, all of them round by round. A round of an item begins with a
 * read from a random place of the cache, for which the processor waits longer than it then
 * computes; the reads of a batch overlap. Immutable, but the items it works on belong to one
 * thread.
 */
final class ItemComputer {

  private final MemorySegment cache;
  private final SuperscalarExecutor executor;
  private final int[] addressRegisters;

  ItemComputer(RandomXCache cache) {
    this.cache = cache.memory().segment();
    this.executor = cache.executor();
    this.addressRegisters = cache.addressRegisters();
  }

  /** Computes the first {@code count} items of a batch, each of which has been begun. */
  void compute(DatasetItem[] batch, int count) {
    for (int program = 0; program < addressRegisters.length; program++) {
      // Reads come ahead of the programs, so that the processor computes while it waits for them.
      for (int i = 0; i < count; i++) {
        batch[i].read(cache);
      }
      for (int i = 0; i < count; i++) {
        batch[i].mix(executor, program, addressRegisters[program]);
      }
    }
    for (int i = 0; i < count; i++) {
      batch[i].complete();
    }
  }
}
