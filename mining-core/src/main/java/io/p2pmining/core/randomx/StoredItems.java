package io.p2pmining.core.randomx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The dataset in full mode: items are looked up, the first of the segment is item 0. */
record StoredItems(MemorySegment dataset) implements DatasetItems {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public void xorInto(int item, long[] registers) {
    long offset = (long) item * CacheParameters.ITEM_BYTES;
    for (int i = 0; i < CacheParameters.ITEM_BYTES / Long.BYTES; i++) {
      registers[i] ^= dataset.get(WORD, offset + (long) i * Long.BYTES);
    }
  }
}
