package io.p2pmining.core.randomx;

import io.p2pmining.core.randomx.superscalar.SuperscalarExecutor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Computes dataset items from a cache (specification, section 7.3). Belongs to one thread. */
final class ComputedItems implements DatasetItems {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int WORDS = CacheParameters.ITEM_BYTES / Long.BYTES;
  private static final long LINE_MASK =
      CacheParameters.CACHE_BYTES / CacheParameters.ITEM_BYTES - 1;

  private static final long MULTIPLIER = 6364136223846793005L;
  private static final long XOR1 = 0x810a978a59f5a1fcL;
  private static final long XOR2 = 0xa77099df38c2d846L;
  private static final long XOR3 = 0x8126b91cbf22495cL;
  private static final long XOR4 = 0x494d2597179f8a62L;
  private static final long XOR5 = 0x9237efb9ceaaec0cL;
  private static final long XOR6 = 0x2f2a56746ce62d78L;
  private static final long XOR7 = 0x84853bf7b62ce54eL;

  private final MemorySegment cache;
  private final SuperscalarExecutor executor;
  private final int[] addressRegisters;
  private final long[] words = new long[WORDS];
  private final long[] line = new long[WORDS];

  ComputedItems(RandomXCache cache) {
    this.cache = cache.memory().segment();
    this.executor = cache.executor();
    this.addressRegisters = cache.addressRegisters();
  }

  @Override
  public void xorInto(int item, long[] registers) {
    compute(item);
    for (int i = 0; i < WORDS; i++) {
      registers[i] ^= words[i];
    }
  }

  /** Writes consecutive items to {@code target}. */
  void write(int firstItem, int count, MemorySegment target, long offset) {
    for (int i = 0; i < count; i++) {
      compute(firstItem + i);
      MemorySegment.copy(
          words, 0, target, WORD, offset + (long) i * CacheParameters.ITEM_BYTES, WORDS);
    }
  }

  private void compute(int item) {
    long seed = (item + 1L) * MULTIPLIER;
    words[0] = seed;
    words[1] = seed ^ XOR1;
    words[2] = seed ^ XOR2;
    words[3] = seed ^ XOR3;
    words[4] = seed ^ XOR4;
    words[5] = seed ^ XOR5;
    words[6] = seed ^ XOR6;
    words[7] = seed ^ XOR7;
    long lineIndex = item;
    for (int program = 0; program < addressRegisters.length; program++) {
      // Read ahead of the program, so that the processor waits for memory while it computes.
      long offset = (lineIndex & LINE_MASK) * CacheParameters.ITEM_BYTES;
      for (int i = 0; i < WORDS; i++) {
        line[i] = cache.get(WORD, offset + (long) i * Long.BYTES);
      }
      executor.execute(program, words);
      for (int i = 0; i < WORDS; i++) {
        words[i] ^= line[i];
      }
      lineIndex = words[addressRegisters[program]];
    }
  }
}
