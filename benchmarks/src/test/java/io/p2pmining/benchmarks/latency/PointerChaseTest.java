package io.p2pmining.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class PointerChaseTest {

  private static final int BYTES = 1 << 20;

  @Test
  void readsAllOverTheMemoryAndAtItsEnds() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(BYTES);
      PointerChase chase = new PointerChase(memory);
      long undisturbed = chase.chase(1, 200_000, 1);
      for (long line : new long[] {0, 1, 8191, 8192, 16_382, 16_383}) {
        memory.set(ValueLayout.JAVA_LONG, line * 64, 1);
        assertThat(chase.chase(1, 200_000, 1)).as("line %d", line).isNotEqualTo(undisturbed);
        memory.set(ValueLayout.JAVA_LONG, line * 64, 0);
      }
    }
  }

  @Test
  void makesEachAddressDependOnWhatWasReadBefore() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(128);
      memory.set(ValueLayout.JAVA_LONG, 64, Long.MIN_VALUE);
      // By hand: the top bit of the state chooses the line, and what was read flips it.
      long state = 0;
      for (int step = 0; step < 100; step++) {
        state = state * 6364136223846793005L + 1442695040888963407L;
        state += state < 0 ? Long.MIN_VALUE : 0;
      }
      assertThat(new PointerChase(memory).chase(1, 100, 0)).isEqualTo(state);
    }
  }

  @Test
  void followsSeveralChains() {
    try (Arena arena = Arena.ofConfined()) {
      PointerChase chase = new PointerChase(arena.allocate(BYTES));
      long sum = 0;
      for (int chain = 0; chain < PointerChase.MAX_CHAINS; chain++) {
        sum += chase.chase(1, 1000, 7 + chain);
      }
      assertThat(chase.chase(PointerChase.MAX_CHAINS, 1000, 7)).isEqualTo(sum);
    }
  }

  @Test
  void refusesWhatItCannotChaseThrough() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment odd = arena.allocate(192);
      assertThatIllegalArgumentException().isThrownBy(() -> new PointerChase(odd));
      PointerChase chase = new PointerChase(arena.allocate(128));
      assertThatIllegalArgumentException().isThrownBy(() -> chase.chase(9, 1, 0));
      assertThatIllegalArgumentException().isThrownBy(() -> chase.chase(0, 1, 0));
    }
  }
}
