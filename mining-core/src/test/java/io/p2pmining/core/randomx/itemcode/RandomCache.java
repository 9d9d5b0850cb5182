package io.p2pmining.core.randomx.itemcode;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.ItemSeed;
import io.p2pmining.core.randomx.superscalar.InterpretedPrograms;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;

/** Memory like a cache, full of random words, with the items that section 7.3 makes of it. */
final class RandomCache implements AutoCloseable {

  private static final long LINES = CacheParameters.CACHE_BYTES / CacheParameters.ITEM_BYTES;

  private final OffHeapMemory memory =
      OffHeapMemory.allocate(CacheParameters.CACHE_BYTES, "a cache of random words");

  RandomCache(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (long i = 0; i < CacheParameters.CACHE_BYTES / Long.BYTES; i++) {
      memory.segment().setAtIndex(JAVA_LONG, i, random.nextLong());
    }
  }

  MemorySegment segment() {
    return memory.segment();
  }

  /** Computes an item as the specification says, by interpreter. */
  long[] item(List<SuperscalarProgram> programs, long number) {
    InterpretedPrograms executor = InterpretedPrograms.of(programs);
    long[] r = new long[SuperscalarProgram.REGISTER_COUNT];
    for (int i = 0; i < r.length; i++) {
      r[i] = (number + 1) * ItemSeed.MULTIPLIER ^ ItemSeed.xor(i);
    }
    long line = number;
    for (int round = 0; round < programs.size(); round++) {
      executor.execute(round, r);
      for (int i = 0; i < r.length; i++) {
        r[i] ^= memory.segment().getAtIndex(JAVA_LONG, Long.remainderUnsigned(line, LINES) * 8 + i);
      }
      line = r[programs.get(round).addressRegister()];
    }
    return r;
  }

  @Override
  public void close() {
    memory.close();
  }
}
