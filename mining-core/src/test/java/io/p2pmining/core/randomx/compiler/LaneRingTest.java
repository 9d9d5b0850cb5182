package io.p2pmining.core.randomx.compiler;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.interpreter.Interpreter;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneRingTest {

  @ParameterizedTest
  @CsvSource({
    "rx/0,1,false",
    "rx/0,1,true",
    "rx/0,2,false",
    "rx/0,2,true",
    "rx/0,3,true",
    "rx/0,4,true",
    "rx/2,1,false",
    "rx/2,1,true",
    "rx/2,2,true",
    "rx/wow,2,true",
    "rx/graft,3,false"
  })
  void agrees(String name, int lanes, boolean avx512) {
    RandomXParameters p =
        RandomXVariants.all().stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
    SplittableRandom random = new SplittableRandom(42);
    int words = p.scratchpad().l3Bytes() / 8;
    try (OffHeapMemory dataset =
            OffHeapMemory.allocate(2_181_038_016L, "t", PagePolicy.TRANSPARENT_HUGE);
        OffHeapMemory pads =
            OffHeapMemory.allocate((long) lanes * words * 8, "t", PagePolicy.AUTO)) {
      MemorySegment d = dataset.segment();
      DatasetItems items =
          (item, r) -> {
            for (int i = 0; i < 8; i++) {
              r[i] ^= d.get(JAVA_LONG, 64L * item + 8 * i);
            }
          };
      for (long i = 0; i < d.byteSize() / 8; i += 1) {
        d.setAtIndex(JAVA_LONG, i, i * 0x9E3779B97F4A7C15L);
      }
      ProgramCompiler compiler =
          new ProgramCompiler(
              p,
              new CompilerTarget(avx512, true, true),
              new DatasetAccess.Stored(d.address(), DatasetAccess.WHOLE));
      Interpreter[] oracles = new Interpreter[lanes];
      long[][] oraclePads = new long[lanes][words];
      try (LaneRing ring = compiler.newRing(lanes, pads.segment().address())) {
        for (int lane = 0; lane < lanes; lane++) {
          for (int i = 0; i < words; i++) {
            oraclePads[lane][i] = random.nextLong();
          }
          MemorySegment.copy(
              oraclePads[lane], 0, pads.segment(), JAVA_LONG, (long) lane * words * 8, words);
          oracles[lane] = new Interpreter(p, items, oraclePads[lane]);
        }
        byte[] actual = new byte[256];
        byte[] expected = new byte[256];
        for (int round = 0; round < 20; round++) {
          for (int lane = 0; lane < lanes; lane++) {
            long[] buffer = random.longs(p.programBufferWords()).toArray();
            ring.program(lane, buffer);
            oracles[lane].execute(buffer);
          }
          ring.run();
          for (int lane = 0; lane < lanes; lane++) {
            String what = "round " + round + " lane " + lane;
            ring.copyRegisterFile(lane, actual);
            oracles[lane].storeRegisterFile(expected);
            assertThat(HexFormat.of().formatHex(actual))
                .as(what)
                .isEqualTo(HexFormat.of().formatHex(expected));
            assertThat(ring.roundingMode(lane)).as(what).isEqualTo(oracles[lane].roundingMode());
            long mismatch =
                MemorySegment.mismatch(
                    MemorySegment.ofArray(oraclePads[lane]),
                    0,
                    words * 8L,
                    pads.segment(),
                    (long) lane * words * 8,
                    (lane + 1L) * words * 8);
            assertThat(mismatch).as(what).isEqualTo(-1);
          }
        }
      }
    }
    assertThat(CacheParameters.ITEM_BYTES).isEqualTo(64);
  }
}
