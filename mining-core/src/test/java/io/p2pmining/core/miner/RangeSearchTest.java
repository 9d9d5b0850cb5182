package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Threads that hold several claims at a time, stepped one after the other. */
class RangeSearchTest {

  private static final int THREADS = 3;

  private record Held(long first, long end) {}

  @Test
  void saysHowManyOfTheFirstNoncesAreHashedWhateverIsInHand() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      int count = 1 + random.nextInt(60);
      RangeSearch search = search(count);
      BitSet hashed = new BitSet();
      List<Deque<Held>> inHand = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        inHand.add(new ArrayDeque<>());
      }
      int completions = 0;
      long before = 0;
      while (hashed.cardinality() < count) {
        int thread = random.nextInt(THREADS);
        if (inHand.get(thread).isEmpty() || random.nextBoolean()) {
          claim(search, thread, 1 + random.nextInt(5), inHand.get(thread));
        } else {
          completions += finish(search, thread, inHand.get(thread), hashed) ? 1 : 0;
        }
        long searched = search.searched();
        assertThat(searched).as("seed=%d", seed).isBetween(before, (long) hashed.nextClearBit(0));
        before = searched;
      }
      assertThat(search.searched()).as("seed=%d", seed).isEqualTo(count);
      assertThat(search.isExhausted()).isTrue();
      assertThat(completions).as("seed=%d", seed).isEqualTo(1);
    }
  }

  @Test
  void saysExactlyHowFarItIsWhenOneThreadHashesInOrder() {
    RangeSearch search = search(100);
    long first = search.claim(0, 10);
    long second = search.claim(0, 10);
    assertThat(search.searched()).isEqualTo(first);
    search.finish(0, 10, second);
    assertThat(search.searched()).isEqualTo(second);
    search.finish(0, 10, RangeSearch.NOTHING_IN_HAND);
    assertThat(search.searched()).isEqualTo(20);
  }

  @Test
  void countsNothingThatWasGivenUpAfterTheEnd() {
    RangeSearch search = search(100);
    search.claim(0, 10);
    assertThat(search.end()).isTrue();
    assertThat(search.end()).isFalse();
    search.finish(0, 3, RangeSearch.NOTHING_IN_HAND); // the other seven were given up
    assertThat(search.searched()).isZero();
  }

  private static void claim(RangeSearch search, int thread, int size, Deque<Held> inHand) {
    long first = search.claim(thread, size);
    if (first >= 0) {
      inHand.add(new Held(first, search.endOfClaim(first, size)));
    }
  }

  private static boolean finish(RangeSearch search, int thread, Deque<Held> inHand, BitSet hashed) {
    Held oldest = inHand.remove();
    hashed.set((int) oldest.first, (int) oldest.end);
    long lowest = inHand.isEmpty() ? RangeSearch.NOTHING_IN_HAND : inHand.peek().first;
    return search.finish(thread, oldest.end - oldest.first, lowest);
  }

  private static RangeSearch search(long count) {
    SeedKey key = SeedKey.of(new ScriptedAlgorithm(), new byte[0], HashingMode.LIGHT);
    return new RangeSearch(new MiningTask(key, new byte[16], 3, 0, count, Target.EASIEST), THREADS);
  }
}
