package io.p2pmining.core.randomx.itemcode;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.randomx.superscalar.SuperscalarOpcode;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.x86.CallProbe;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class ItemCodeTest {

  private static final long SEED = System.nanoTime();
  private static final int WORDS = 8;
  private static final int LAST = CacheParameters.DATASET_ITEMS - 1;
  private static final int LINES = (int) (CacheParameters.CACHE_BYTES / CacheParameters.ITEM_BYTES);

  /** Where products of 32-bit and 52-bit parts carry, and where signs change. */
  private static final long[] EDGES = {
    0,
    1,
    -1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    0xffff_ffffL,
    0xffff_ffff_0000_0000L,
    (1L << 52) - 1,
    1L << 52,
    -1L << 52,
    0x7ff0_0000_0000_0001L,
    0x800f_ffff_ffff_ffffL,
  };

  private static RandomCache cache;

  private final Random random = new Random(SEED);

  @BeforeAll
  static void fillCache() {
    cache = new RandomCache(SEED);
  }

  @AfterAll
  static void freeCache() {
    cache.close();
  }

  /** Ranges at both ends, across the point where line numbers wrap, and of odd lengths. */
  @ParameterizedTest
  @EnumSource
  void computesRangesOfItems(ItemCodeKind kind) {
    assume(kind);
    for (int count : new int[] {1, 17, 18, 40}) {
      int middle = random.nextInt(LAST);
      assertComputes(
          RandomPrograms.ofRandomKey(random),
          kind,
          count,
          List.of(0, LAST + 1 - count, LINES - 5, middle));
    }
  }

  @ParameterizedTest
  @EnumSource
  void executesEveryInstruction(ItemCodeKind kind) {
    assume(kind);
    for (SuperscalarOpcode opcode : SuperscalarOpcode.values()) {
      for (int repeat = 0; repeat < 5; repeat++) {
        List<Integer> firsts = List.of(random.nextInt(LAST));
        assertComputes(RandomPrograms.withMany(opcode, random), kind, 20, firsts);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void multipliesExactlyWherePartsCarry(ItemCodeKind kind) {
    assume(kind);
    List<SuperscalarInstruction> products = new ArrayList<>();
    for (long a : EDGES) {
      for (long b : EDGES) {
        for (SuperscalarOpcode opcode :
            List.of(
                SuperscalarOpcode.IMUL_R, SuperscalarOpcode.IMULH_R, SuperscalarOpcode.ISMULH_R)) {
          // Each product is added to a sum that is rotated between.
          products.addAll(RandomPrograms.load(0, a));
          products.addAll(RandomPrograms.load(1, b));
          products.add(new SuperscalarInstruction(opcode, 0, 1, 0, 0));
          products.add(new SuperscalarInstruction(SuperscalarOpcode.ISUB_R, 2, 0, 0, 0));
          products.add(new SuperscalarInstruction(SuperscalarOpcode.IROR_C, 2, 2, 0, 7));
        }
      }
    }
    assertComputes(List.of(new SuperscalarProgram(products, 0)), kind, 18, List.of(5));
  }

  @ParameterizedTest
  @EnumSource
  void computesToAnyPlace(ItemCodeKind kind) {
    assume(kind);
    List<SuperscalarProgram> programs = RandomPrograms.ofRandomKey(random);
    int bytes = 21 * CacheParameters.ITEM_BYTES;
    try (ItemCode code = ItemCode.generate(programs, kind);
        Arena arena = Arena.ofConfined()) {
      MemorySegment aligned = arena.allocate(bytes, 64);
      MemorySegment misaligned = arena.allocate(bytes + 64, 64).asSlice(8, bytes);
      MemorySegment onHeap = MemorySegment.ofArray(new long[bytes / Long.BYTES]);
      for (MemorySegment target : List.of(aligned, misaligned, onHeap)) {
        code.compute(cache.segment().address(), 3, target);
      }
      assertThat(misaligned.mismatch(aligned)).isEqualTo(-1);
      assertThat(onHeap.mismatch(aligned)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheRegistersOfTheCaller(ItemCodeKind kind) {
    assume(kind);
    List<SuperscalarProgram> programs = RandomPrograms.ofRandomKey(random);
    try (ItemCode code = ItemCode.generate(programs, kind);
        Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(100L * CacheParameters.ITEM_BYTES, 64);
      CallProbe.call(code.entry(), cache.segment().address(), target.address(), 1, 3);
      assertThat(target.asSlice(0, 64).toArray(JAVA_LONG)).isEqualTo(cache.item(programs, 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesNoMemoryBehind(ItemCodeKind kind) throws IOException {
    assume(kind);
    List<SuperscalarProgram> programs = RandomPrograms.withMany(SuperscalarOpcode.IMUL_R, random);
    long before = codeMappings();
    for (int round = 0; round < 1000; round++) {
      ItemCode.generate(programs, kind).close();
    }
    assertThat(codeMappings()).isEqualTo(before);
  }

  private static long codeMappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains("p2pmining-code")).count();
    }
  }

  private static void assume(ItemCodeKind kind) {
    assumeTrue(kind.runsOn(CpuFeatures.detect()), () -> "no processor for " + kind);
  }

  private static void assertComputes(
      List<SuperscalarProgram> programs, ItemCodeKind kind, int count, List<Integer> firsts) {
    try (ItemCode code = ItemCode.generate(programs, kind);
        Arena arena = Arena.ofConfined()) {
      long bytes = (long) count * CacheParameters.ITEM_BYTES;
      // Behind the items there is room for an error to show.
      MemorySegment memory = arena.allocate(2 * bytes, CacheParameters.ITEM_BYTES);
      for (int first : firsts) {
        code.compute(cache.segment().address(), first, memory.asSlice(0, bytes));
        for (int i = 0; i < count; i++) {
          assertThat(memory.asSlice((long) i * 64, 64).toArray(JAVA_LONG))
              .as("%s, item=%d, programs=%s, seed=%d", kind, first + i, programs, SEED)
              .isEqualTo(cache.item(programs, first + i));
        }
      }
      assertThat(memory.asSlice(bytes).toArray(JAVA_LONG)).hasSize(count * WORDS).containsOnly(0);
    }
  }
}
