package io.p2pmining.core.crypto.compiled;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.crypto.AesGenerator1R;
import io.p2pmining.core.crypto.AesGenerator4R;
import io.p2pmining.core.crypto.AesHash1R;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.RandomXVectors;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class AesCodeTest {

  private static final AesGenerator4R MONERO = RandomXVariants.MONERO.programGenerator();
  private static final AesGenerator4R WOWNERO = RandomXVariants.WOWNERO.programGenerator();
  private static final int UNIT = AesCode.SCRATCHPAD_UNIT_BYTES;

  static Stream<AesKind> kinds() {
    CpuFeatures features = CpuFeatures.detect();
    return Stream.of(AesKind.values()).filter(kind -> kind.isSupportedBy(features));
  }

  static Stream<Arguments> kindsAndLanes() {
    return kinds()
        .flatMap(kind -> IntStream.rangeClosed(1, 4).mapToObj(lanes -> Arguments.of(kind, lanes)));
  }

  private static Random random(AesKind kind, int lanes) {
    long seed = 31L * kind.ordinal() + lanes;
    System.out.println("AesCodeTest: kind=" + kind + ", lanes=" + lanes + ", seed=" + seed);
    return new Random(seed);
  }

  @ParameterizedTest
  @MethodSource("kindsAndLanes")
  void fillsScratchpadsAsTheGenerator(AesKind kind, int lanes) {
    Random random = random(kind, lanes);
    try (AesCode code = AesCode.generate(kind, MONERO)) {
      for (int bytes : new int[] {UNIT, 2 * UNIT, 5 * UNIT, 1 << 18}) {
        try (AesBuffers buffers = new AesBuffers(bytes, random)) {
          code.fill(buffers.lanes(), lanes, bytes);
          for (int lane = 0; lane < lanes; lane++) {
            expectFill(buffers, lane);
          }
          assertThat(buffers.actual()).isEqualTo(buffers.expected());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kindsAndLanes")
  void hashesScratchpadsAsTheHash(AesKind kind, int lanes) {
    Random random = random(kind, lanes);
    try (AesCode code = AesCode.generate(kind, MONERO)) {
      for (int bytes : new int[] {UNIT, 2 * UNIT, 5 * UNIT, 1 << 18}) {
        try (AesBuffers buffers = new AesBuffers(bytes, random)) {
          code.hash(buffers.lanes(), lanes, bytes);
          for (int lane = 0; lane < lanes; lane++) {
            expectHash(buffers, lane);
          }
          assertThat(buffers.actual()).isEqualTo(buffers.expected());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kindsAndLanes")
  void hashesAndFillsInOnePass(AesKind kind, int lanes) {
    Random random = random(kind, lanes);
    try (AesCode code = AesCode.generate(kind, MONERO)) {
      for (int bytes : new int[] {UNIT, 2 * UNIT, 5 * UNIT, 1 << 18, 1 << 21}) {
        try (AesBuffers buffers = new AesBuffers(bytes, random)) {
          for (int pass = 0; pass < 2; pass++) {
            code.hashAndFill(buffers.lanes(), lanes, bytes);
            for (int lane = 0; lane < lanes; lane++) {
              expectHash(buffers, lane);
              expectFill(buffers, lane);
            }
            assertThat(buffers.actual()).isEqualTo(buffers.expected());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kindsAndLanes")
  void generatesProgramsAsTheGeneratorOfTheVariant(AesKind kind, int lanes) {
    Random random = random(kind, lanes);
    for (AesGenerator4R generator : List.of(MONERO, WOWNERO)) {
      try (AesCode code = AesCode.generate(kind, generator)) {
        // The shortest; those of rx/0, rx/graft and rx/2.
        for (int bytes : new int[] {64, 128 + 256 * 8, 128 + 280 * 8, 128 + 384 * 8}) {
          try (AesBuffers buffers = new AesBuffers(bytes, random)) {
            code.generatePrograms(buffers.lanes(), lanes, bytes);
            for (int lane = 0; lane < lanes; lane++) {
              long[] state = buffers.before(buffers.state(lane));
              long[] program = new long[bytes / Long.BYTES];
              generator.generate(state, program);
              buffers.expect(buffers.program(lane), program);
              buffers.expect(buffers.state(lane), state);
            }
            assertThat(buffers.actual()).isEqualTo(buffers.expected());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("kindsAndLanes")
  void agreesWithVectors(AesKind kind, int lanes) {
    JsonNode vectors = RandomXVectors.root().required("intermediate");
    int last = lanes - 1;
    try (AesCode code = AesCode.generate(kind, MONERO);
        AesBuffers small = new AesBuffers(256, new Random(1));
        AesBuffers large = new AesBuffers(4096, new Random(1))) {
      setCounting(small.state(last));
      code.fill(small.lanes(), lanes, 256);
      assertThat(hex(small.scratchpad(last))).isEqualTo(text(vectors, "aesgen1r", "out256"));
      assertThat(hex(small.state(last))).isEqualTo(text(vectors, "aesgen1r", "state_after"));

      setCounting(small.state(last));
      code.generatePrograms(small.lanes(), lanes, 256);
      assertThat(hex(small.program(last))).isEqualTo(text(vectors, "aesgen4r", "out256"));

      for (int i = 0; i < 4096; i++) {
        large.scratchpad(last).set(JAVA_BYTE, i, (byte) (7 * i + (i >> 8)));
      }
      code.hash(large.lanes(), lanes, 4096);
      assertThat(hex(large.fingerprint(last))).isEqualTo(text(vectors, "aeshash1r", "hash"));
    }
  }

  @Test
  void refusesLengthsAndLanesThatTheLoopsDoNotFit() {
    try (AesCode code = AesCode.generate(AesKind.SOFTWARE, MONERO);
        AesBuffers buffers = new AesBuffers(UNIT, new Random(1))) {
      AesLanes lanes = buffers.lanes();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> code.fill(lanes, 1, UNIT + 64))
          .withMessageContaining("bytes=320");
      assertThatIllegalArgumentException().isThrownBy(() -> code.hash(lanes, 1, 0));
      assertThatIllegalArgumentException().isThrownBy(() -> code.hashAndFill(lanes, 0, UNIT));
      assertThatIllegalArgumentException().isThrownBy(() -> code.hashAndFill(lanes, 5, UNIT));
      assertThatIllegalArgumentException().isThrownBy(() -> code.generatePrograms(lanes, 1, 65));
      assertThatIllegalArgumentException().isThrownBy(() -> lanes.setScratchpad(0, 32));
      assertThatIllegalArgumentException().isThrownBy(() -> lanes.setState(4, 0));
      assertThat(buffers.actual()).isEqualTo(buffers.expected());
    }
  }

  private static void expectFill(AesBuffers buffers, int lane) {
    long[] state = buffers.before(buffers.state(lane));
    long[] filled = new long[(int) buffers.scratchpad(lane).byteSize() / Long.BYTES];
    AesGenerator1R.generate(state, filled);
    buffers.expect(buffers.scratchpad(lane), filled);
    buffers.expect(buffers.state(lane), state);
  }

  private static void expectHash(AesBuffers buffers, int lane) {
    long[] hash = new long[AesHash1R.HASH_WORDS];
    AesHash1R.hash(buffers.before(buffers.scratchpad(lane)), hash);
    buffers.expect(buffers.fingerprint(lane), hash);
  }

  /** The bytes 00 to 3f. */
  private static void setCounting(MemorySegment state) {
    for (int i = 0; i < 64; i++) {
      state.set(JAVA_BYTE, i, (byte) i);
    }
  }

  private static String hex(MemorySegment buffer) {
    return HexFormat.of().formatHex(buffer.toArray(JAVA_BYTE));
  }

  private static String text(JsonNode vectors, String primitive, String name) {
    return RandomXVectors.text(vectors.required(primitive), name);
  }
}
