package io.p2pmining.core.randomx;

import io.p2pmining.core.randomx.superscalar.SuperscalarExecutor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A place for one dataset item while it is computed from the cache (specification, section 7.3) and
 * until it is used. An item goes through as many rounds as there are superscalar programs; each
 * round is cut in two, so that {@link ItemComputer} can have the reads of several items under way.
 * Belongs to one thread.
 */
final class DatasetItem {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int WORDS = CacheParameters.ITEM_BYTES / Long.BYTES;
  private static final int NONE = -1;
  private static final long LINE_MASK =
      CacheParameters.CACHE_BYTES / CacheParameters.ITEM_BYTES - 1;

  private final long[] words = new long[WORDS];
  private final long[] line = new long[WORDS];
  private int number = NONE;
  private boolean computed;
  private long lineIndex;

  /** Takes a new item in, still to be computed. */
  void begin(int item) {
    number = item;
    computed = false;
    lineIndex = item;
    long seed = (item + 1L) * ItemSeed.MULTIPLIER;
    for (int i = 0; i < WORDS; i++) {
      words[i] = seed ^ ItemSeed.xor(i);
    }
  }

  /** Leaves the place empty. */
  void clear() {
    number = NONE;
  }

  boolean holds(int item) {
    return number == item;
  }

  boolean waits() {
    return number != NONE && !computed;
  }

  /** Reads the cache line of this round. */
  void read(MemorySegment cache) {
    long offset = (lineIndex & LINE_MASK) * CacheParameters.ITEM_BYTES;
    for (int i = 0; i < WORDS; i++) {
      line[i] = cache.get(WORD, offset + (long) i * Long.BYTES);
    }
  }

  /**
   * Runs the program of this round and mixes the cache line in.
   *
   * @param addressRegister the register that chooses the cache line of the next round
   */
  void mix(SuperscalarExecutor executor, int program, int addressRegister) {
    executor.execute(program, words);
    for (int i = 0; i < WORDS; i++) {
      words[i] ^= line[i];
    }
    lineIndex = words[addressRegister];
  }

  /** Ends the last round. */
  void complete() {
    computed = true;
  }

  void xorInto(long[] registers) {
    for (int i = 0; i < WORDS; i++) {
      registers[i] ^= words[i];
    }
  }

  void writeTo(MemorySegment target, long offset) {
    MemorySegment.copy(words, 0, target, WORD, offset, WORDS);
  }
}
