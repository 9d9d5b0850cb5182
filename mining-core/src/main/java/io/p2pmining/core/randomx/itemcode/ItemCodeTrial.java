package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which kind of code is the fastest, in about a millisecond.
 *
 * @param cache the address of the cache
 * @param nanoClock the time in nanoseconds
 */
record ItemCodeTrial(long cache, LongSupplier nanoClock) {

  /** A multiple of every kind's batch, so that none computes more than the others. */
  private static final int ITEMS = 6 * 17 * 8;

  /** The shortest counts: others were interrupted, or the first on their memory. */
  private static final int ROUNDS = 4;

  /** Generates code of each kind and keeps the fastest. */
  ItemCode fastest(List<SuperscalarProgram> programs, List<ItemCodeKind> kinds) {
    List<ItemCode> codes = new ArrayList<>();
    ItemCode best = null;
    try {
      for (ItemCodeKind kind : kinds) {
        codes.add(ItemCode.generate(programs, kind));
      }
      best = codes.size() == 1 ? codes.getFirst() : fastest(codes);
      return best;
    } finally {
      closeOthers(codes, best);
    }
  }

  private ItemCode fastest(List<ItemCode> codes) {
    long[] nanos = new long[codes.size()];
    int best = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target =
          arena.allocate((long) ITEMS * CacheParameters.ITEM_BYTES, CacheParameters.ITEM_BYTES);
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = shortest(codes.get(i), target);
        best = nanos[i] < nanos[best] ? i : best;
      }
    }
    return codes.get(best);
  }

  private long shortest(ItemCode code, MemorySegment target) {
    long shortest = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long begin = nanoClock.getAsLong();
      code.compute(cache, round * ITEMS, target);
      shortest = Math.min(shortest, nanoClock.getAsLong() - begin);
    }
    return shortest;
  }

  private static void closeOthers(List<ItemCode> codes, @Nullable ItemCode kept) {
    for (ItemCode code : codes) {
      if (code != kept) {
        code.close();
      }
    }
  }
}
