package io.p2pmining.core.randomx;

import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;

/** Computes items in Java, some of them in lockstep. */
final class InterpretedRanges implements ItemRanges {

  /** Items computed in lockstep; more hardly help (see docs/performance.md). */
  private static final int BATCH = 8;

  private final ItemComputer computer;
  private final DatasetItem[] batch =
      Stream.generate(DatasetItem::new).limit(BATCH).toArray(DatasetItem[]::new);

  InterpretedRanges(RandomXCache cache) {
    computer = new ItemComputer(cache);
  }

  @Override
  public void compute(int firstItem, MemorySegment target) {
    int items = Math.toIntExact(target.byteSize() / CacheParameters.ITEM_BYTES);
    for (int next = 0; next < items; next += BATCH) {
      int count = Math.min(BATCH, items - next);
      for (int i = 0; i < count; i++) {
        batch[i].begin(firstItem + next + i);
      }
      computer.compute(batch, count);
      for (int i = 0; i < count; i++) {
        batch[i].writeTo(target, (long) (next + i) * CacheParameters.ITEM_BYTES);
      }
    }
  }
}
