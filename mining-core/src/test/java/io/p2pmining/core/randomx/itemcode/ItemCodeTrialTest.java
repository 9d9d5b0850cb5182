package io.p2pmining.core.randomx.itemcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ItemCodeTrialTest {

  private final List<SuperscalarProgram> programs = RandomPrograms.ofRandomKey(new Random(1));

  @Test
  void keepsTheKindWhoseShortestTimeIsTheShortest() {
    assumeTrue(ItemCodeKind.AVX2.runsOn(CpuFeatures.detect()));
    List<ItemCodeKind> kinds = List.of(ItemCodeKind.AVX2, ItemCodeKind.SCALAR);
    assertThat(kindKept(kinds, 50, 9, 50, 50, 10, 10, 10, 10)).isEqualTo(ItemCodeKind.AVX2);
    assertThat(kindKept(kinds, 50, 9, 50, 50, 90, 90, 90, 8)).isEqualTo(ItemCodeKind.SCALAR);
  }

  @Test
  void measuresNothingWhereThereIsNoChoice() {
    LongSupplier noClock =
        () -> {
          throw new AssertionError("measured");
        };
    try (OffHeapMemory cache = emptyCache();
        ItemCode kept =
            new ItemCodeTrial(cache.segment().address(), noClock)
                .fastest(programs, List.of(ItemCodeKind.SCALAR))) {
      assertThat(kept.kind()).isEqualTo(ItemCodeKind.SCALAR);
    }
  }

  @Test
  void triesTheWidestOfAProcessorAndANarrowerOne() {
    CpuFeatures processor = CpuFeatures.detect();
    assertThat(ItemCodeKind.candidatesOn(processor)).allMatch(kind -> kind.runsOn(processor));
    assertThat(ItemCodeKind.candidatesOn(processor.limitedBy(InstructionLimit.NONE)))
        .containsExactly(ItemCodeKind.SCALAR);
    assumeTrue(processor.has(CpuFeature.AVX2) && processor.has(CpuFeature.BMI2));
    assertThat(ItemCodeKind.candidatesOn(processor.limitedBy(InstructionLimit.AVX2)))
        .containsExactly(ItemCodeKind.AVX2, ItemCodeKind.SCALAR);
    assumeTrue(processor.has(CpuFeature.AVX512IFMA));
    assertThat(ItemCodeKind.candidatesOn(processor))
        .containsExactly(ItemCodeKind.AVX512_IFMA, ItemCodeKind.AVX2);
  }

  private ItemCodeKind kindKept(List<ItemCodeKind> kinds, long... nanos) {
    try (OffHeapMemory cache = emptyCache();
        ItemCode kept =
            new ItemCodeTrial(cache.segment().address(), new Stopwatch(nanos))
                .fastest(programs, kinds)) {
      return kept.kind();
    }
  }

  private static OffHeapMemory emptyCache() {
    return OffHeapMemory.allocate(CacheParameters.CACHE_BYTES, "an empty cache");
  }

  /** A clock that is asked twice for each time that it is to measure. */
  private static final class Stopwatch implements LongSupplier {

    private final long[] nanos;
    private int asked;
    private long now;

    Stopwatch(long[] nanos) {
      this.nanos = nanos;
    }

    @Override
    public long getAsLong() {
      now += asked % 2 == 0 ? 1000 : nanos[asked / 2];
      asked++;
      return now;
    }
  }
}
