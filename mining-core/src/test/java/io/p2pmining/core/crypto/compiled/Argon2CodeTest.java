package io.p2pmining.core.crypto.compiled;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.crypto.Argon2Segment;
import io.p2pmining.core.crypto.Argon2d;
import io.p2pmining.core.pow.InstructionLimit;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the fill in Java, on small memories. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class Argon2CodeTest {

  private static final byte[] SALT = "RandomX\u0003".getBytes(ISO_8859_1);
  private static final int BLOCK = 1024;

  /** From two blocks in a slice, where the first pass fills nothing of the first slice. */
  @ParameterizedTest
  @EnumSource
  void fillsAsJavaDoes(Argon2Kind kind) throws InterruptedException {
    assume(kind);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int lanes : new int[] {1, 2, 4}) {
      for (int passes : new int[] {1, 3, 4}) {
        for (int sliceBlocks : new int[] {2, 3, 2 + random.nextInt(100)}) {
          byte[] password = new byte[random.nextInt(60)];
          random.nextBytes(password);
          assertFillsAsJavaDoes(kind, passes, lanes, sliceBlocks, password, seed);
        }
      }
    }
  }

  private static void assertFillsAsJavaDoes(
      Argon2Kind kind, int passes, int lanes, int sliceBlocks, byte[] password, long seed)
      throws InterruptedException {
    long bytes = 4L * BLOCK * lanes * sliceBlocks;
    Argon2d argon = new Argon2d(SALT, passes, lanes);
    try (Arena arena = Arena.ofShared();
        Argon2Code code = Argon2Code.generate(kind)) {
      // Around the memory there is room for an error to show.
      MemorySegment room = arena.allocate(bytes + 2 * BLOCK, 64);
      MemorySegment memory = room.asSlice(BLOCK, bytes);
      MemorySegment expected = arena.allocate(bytes, 64);
      argon.fill(memory, password, 2, done -> {}, code);
      argon.fill(expected, password, 1, done -> {});
      assertThat(memory.mismatch(expected))
          .as(
              "%s, passes=%d, lanes=%d, sliceBlocks=%d, seed=%d",
              kind, passes, lanes, sliceBlocks, seed)
          .isEqualTo(-1);
      MemorySegment zeros = arena.allocate(BLOCK);
      assertThat(room.asSlice(0, BLOCK).mismatch(zeros)).isEqualTo(-1);
      assertThat(room.asSlice(BLOCK + bytes).mismatch(zeros)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheRegistersOfTheCaller(Argon2Kind kind) {
    assume(kind);
    try (Arena arena = Arena.ofConfined();
        Argon2Code code = Argon2Code.generate(kind)) {
      MemorySegment memory = arena.allocate(64 * BLOCK, 64);
      for (int pass = 0; pass < 2; pass++) {
        Argon2Segment segment = new Argon2Segment(memory, 0, 1, pass, 1);
        CallProbe.call(code.entry(pass), Argon2Arguments.of(segment, arena).address());
      }
    }
  }

  @Test
  void stopsBetweenSlicesWhenInterrupted() {
    Argon2Kind kind = Argon2Kind.bestOn(CpuFeatures.detect()).orElseThrow();
    List<Double> reported = new ArrayList<>();
    try (Arena arena = Arena.ofConfined();
        Argon2Code code = Argon2Code.generate(kind)) {
      MemorySegment memory = arena.allocate(64 * BLOCK, 64);
      assertThatThrownBy(
              () ->
                  new Argon2d(SALT, 3, 1)
                      .fill(
                          memory,
                          SALT,
                          1,
                          done -> {
                            reported.add(done);
                            Thread.currentThread().interrupt();
                          },
                          code))
          .isInstanceOf(InterruptedException.class);
    }
    assertThat(reported).hasSize(1);
  }

  @Test
  void refusesWhatItCannotFill() {
    try (Arena arena = Arena.ofConfined();
        Argon2Code code = Argon2Code.generate(Argon2Kind.SSE2)) {
      MemorySegment memory = arena.allocate(96 * BLOCK, 64);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> code.fill(new Argon2Segment(memory, 0, 3, 0, 0)))
          .withMessageContaining("lanes=3");
      MemorySegment misaligned = memory.asSlice(16, 64 * BLOCK);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> code.fill(new Argon2Segment(misaligned, 0, 1, 0, 0)));
      MemorySegment onHeap = MemorySegment.ofArray(new long[64 * BLOCK / Long.BYTES]);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> code.fill(new Argon2Segment(onHeap, 0, 1, 0, 0)));
    }
  }

  @Test
  void takesTheWidestInstructionsThatAreAllowed() {
    CpuFeatures processor = CpuFeatures.detect();
    assertThat(Argon2Kind.bestOn(processor.limitedBy(InstructionLimit.NONE)))
        .contains(Argon2Kind.SSE2);
    assertThat(Argon2Kind.bestOn(processor)).hasValueSatisfying(kind -> kind.runsOn(processor));
    assume(Argon2Kind.AVX2);
    assertThat(Argon2Kind.bestOn(processor.limitedBy(InstructionLimit.AVX2)))
        .contains(Argon2Kind.AVX2);
  }

  @Test
  void leavesNoMemoryBehind() throws IOException {
    long before = codeMappings();
    for (int round = 0; round < 1000; round++) {
      Argon2Code.generate(Argon2Kind.AVX512).close();
    }
    assertThat(codeMappings()).isEqualTo(before);
  }

  private static long codeMappings() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains("p2pmining-code")).count();
    }
  }

  private static void assume(Argon2Kind kind) {
    assumeTrue(kind.runsOn(CpuFeatures.detect()), () -> "no processor for " + kind);
  }
}
