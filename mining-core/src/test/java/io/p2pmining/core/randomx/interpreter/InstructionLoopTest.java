package io.p2pmining.core.randomx.interpreter;

import static io.p2pmining.core.randomx.interpreter.MachineLayout.A;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E_BITS_HIGH;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E_BITS_LOW;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.F;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.MINUS_A;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.R;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.ROUNDING_MODE;
import static io.p2pmining.core.randomx.program.InstructionWords.IMMEDIATE;
import static io.p2pmining.core.randomx.program.InstructionWords.buffer;
import static io.p2pmining.core.randomx.program.InstructionWords.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.randomx.RandomXVectors;
import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.Program;
import io.p2pmining.core.randomx.program.ProgramDecoder;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class InstructionLoopTest {

  private static final ScratchpadSizes SIZES = new ScratchpadSizes(16_384, 262_144, 2_097_152);
  private static final Map<String, List<Integer>> MODES =
      Map.of(
          "nearest",
          List.of(0),
          "down",
          List.of(1),
          "up",
          List.of(2),
          "zero",
          List.of(3),
          "down/zero",
          List.of(1, 3),
          "",
          List.of(0, 1, 2, 3));

  private final long[] scratchpad = new long[SIZES.l3Bytes() / Long.BYTES];

  static Stream<JsonNode> integerVectors() {
    return executeVectors().filter(v -> v.has("out") || v.has("out_dec") || v.has("out_dst_dec"));
  }

  static Stream<Arguments> floatVectors() {
    return executeVectors()
        .filter(v -> v.has("out_bytes"))
        .flatMap(
            v -> {
              String op = RandomXVectors.text(v, "op");
              String mode = op.contains(" ") ? op.substring(op.indexOf(' ') + 1) : "";
              return Objects.requireNonNull(MODES.get(mode)).stream().map(m -> Arguments.of(v, m));
            });
  }

  private static Stream<JsonNode> executeVectors() {
    return RandomXVectors.root().at("/instruction_tests/execute").valueStream();
  }

  @ParameterizedTest
  @MethodSource("integerVectors")
  void integerInstructionsAgreeWithVectors(JsonNode vector) {
    String op = RandomXVectors.text(vector, "op");
    int destination = op.contains("r5") ? 5 : 0;
    boolean immediateOnly = op.endsWith("_R imm");
    int mod = op.contains("shift 3") ? 12 : op.contains("shift 2") ? 8 : 0;
    long[] machine =
        machineFor(
            RandomXVersion.V1,
            encode(opcode(op), destination, immediateOnly ? destination : 1, mod, IMMEDIATE));
    machine[R + 1] = word(vector, "src");
    machine[R + destination] = word(vector, "dst");
    run(machine, 1);
    assertThat(machine[R + destination])
        .isEqualTo(vector.has("out_dst_dec") ? word(vector, "out_dst") : word(vector, "out"));
    if (vector.has("out_src_dec")) {
      assertThat(machine[R + 1]).isEqualTo(word(vector, "out_src"));
    }
  }

  @ParameterizedTest
  @MethodSource("floatVectors")
  void floatInstructionsAgreeWithVectors(JsonNode vector, int mode) {
    Opcode opcode = opcode(RandomXVectors.text(vector, "op"));
    long[] machine = machineFor(RandomXVersion.V1, encode(opcode, 0, 1, 0, IMMEDIATE));
    machine[ROUNDING_MODE] = mode;
    int group = vector.has("e") ? E : F;
    setHighLow(machine, group, vector.path("f"));
    setHighLow(machine, group, vector.path("e"));
    if (vector.has("hi_dec")) {
      machine[F] = vector.required("lo_dec").asLong();
      machine[F + 1] = vector.required("hi_dec").asLong();
    }
    setHighLow(machine, A + 2, vector.path("a"));
    if (vector.has("eMask_lo_hi")) {
      machine[E_BITS_LOW] = hexWord(vector.required("eMask_lo_hi").get(0));
      machine[E_BITS_HIGH] = hexWord(vector.required("eMask_lo_hi").get(1));
    }
    int place = (IMMEDIATE & SIZES.l2Mask()) / Long.BYTES;
    if (vector.has("mem_u64")) {
      scratchpad[place] = RandomXVectors.word(vector, "mem_u64");
    }
    if (vector.has("mem_u32")) {
      JsonNode halves = vector.required("mem_u32");
      scratchpad[place] = hexWord(halves.get(1)) << 32 | hexWord(halves.get(0));
    }
    run(machine, 1);
    byte[] bytes = new byte[16];
    LittleEndian.putLong(bytes, 0, machine[group]);
    LittleEndian.putLong(bytes, 8, machine[group + 1]);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(RandomXVectors.text(vector, "out_bytes"));
  }

  @Test
  void branchesWhenTheBitsUnderTheMaskAreZero() {
    Map<String, JsonNode> vectors =
        Map.of("taken", vector("CBRANCH taken"), "not taken", vector("CBRANCH not taken"));
    long[] instructions = {
      encode(Opcode.IADD_RS, 2, 3, 0, 0), encode(Opcode.CBRANCH, 0, 0, 48, IMMEDIATE)
    };
    long[] machine = machineFor(RandomXVersion.V1, instructions);
    machine[R] = RandomXVectors.word(Objects.requireNonNull(vectors.get("not taken")), "dst");
    machine[R + 3] = 1;
    run(machine, 2);
    assertThat(machine[R]).isEqualTo(IMMEDIATE);
    assertThat(machine[R + 2]).as("times that r2 was added to").isEqualTo(1);

    machine = machineFor(RandomXVersion.V1, instructions);
    machine[R] = RandomXVectors.word(Objects.requireNonNull(vectors.get("taken")), "dst");
    machine[R + 3] = 1;
    run(machine, 2);
    assertThat(machine[R + 2]).as("times that r2 was added to").isEqualTo(2);
  }

  @Test
  void subtractsGroupAAsItAddsTheNegative() {
    for (int mode = 0; mode < 4; mode++) {
      long[] machine = machineFor(RandomXVersion.V1, encode(Opcode.FSUB_R, 1, 2, 0, 0));
      machine[ROUNDING_MODE] = mode;
      set(machine, F + 2, 1e10);
      set(machine, F + 3, 5.0);
      set(machine, MINUS_A + 4, -Math.PI);
      set(machine, MINUS_A + 5, -5.0);
      run(machine, 1);
      assertThat(get(machine, F + 2)).isEqualTo(ExactRounding.add(1e10, -Math.PI, mode));
      assertThat(machine[F + 3])
          .isEqualTo(Double.doubleToRawLongBits(ExactRounding.add(5, -5, mode)));
    }
  }

  @Test
  void subtractsIntegersFromMemory() {
    for (int mode = 0; mode < 4; mode++) {
      long[] machine = machineFor(RandomXVersion.V1, encode(Opcode.FSUB_M, 1, 2, 1, 24));
      machine[ROUNDING_MODE] = mode;
      machine[R + 2] = 16_384L << 20 | 64;
      scratchpad[(64 + 24) / Long.BYTES] = 7L << 32 | 0x8000_0000L;
      set(machine, F + 2, 0x1p-30);
      set(machine, F + 3, 7.0);
      run(machine, 1);
      assertThat(get(machine, F + 2)).isEqualTo(ExactRounding.add(0x1p-30, 0x1p31, mode));
      assertThat(machine[F + 3])
          .isEqualTo(Double.doubleToRawLongBits(mode == DirectedRounding.DOWN ? -0.0 : 0.0));
    }
  }

  @Test
  void swapsHalvesOfBothGroups() {
    long[] machine =
        machineFor(
            RandomXVersion.V1,
            encode(Opcode.FSWAP_R, 3, 0, 0, 0),
            encode(Opcode.FSWAP_R, 4, 0, 0, 0));
    machine[F + 6] = 1;
    machine[F + 7] = 2;
    machine[E] = 3;
    machine[E + 1] = 4;
    run(machine, 2);
    assertThat(machine[F + 6]).isEqualTo(2);
    assertThat(machine[F + 7]).isEqualTo(1);
    assertThat(machine[E]).isEqualTo(4);
    assertThat(machine[E + 1]).isEqualTo(3);
  }

  @Test
  void readsMemoryOperandsAtEachLevel() {
    record Case(Opcode opcode, long destination, long memory, long result) {}
    List<Case> cases =
        List.of(
            new Case(Opcode.IADD_M, 5, 7, 12),
            new Case(Opcode.ISUB_M, 5, 7, -2),
            new Case(Opcode.IMUL_M, 5, 7, 35),
            new Case(Opcode.IMULH_M, -1, -1, -2),
            new Case(Opcode.ISMULH_M, -1, -1, 0),
            new Case(Opcode.IXOR_M, 5, 7, 2));
    long address = 0x1234_5678_9abc_de00L;
    for (Case c : cases) {
      for (int mod : new int[] {0, 1, 2, 3}) {
        int mask = mod == 0 ? SIZES.l2Mask() : SIZES.l1Mask();
        assertThat(readInto(c.opcode, 1, mod, address, mask, c.memory, c.destination))
            .as("%s, mod=%d", c, mod)
            .isEqualTo(c.result);
      }
      assertThat(readInto(c.opcode, 0, 1, 0, SIZES.l3Mask(), c.memory, c.destination))
          .as("%s, the immediate alone", c)
          .isEqualTo(c.result);
    }
  }

  private long readInto(
      Opcode opcode, int source, int mod, long base, int mask, long memory, long destination) {
    Arrays.fill(scratchpad, 0);
    scratchpad[((int) base + IMMEDIATE & mask) / Long.BYTES] = memory;
    long[] machine = machineFor(RandomXVersion.V1, encode(opcode, 0, source, mod, IMMEDIATE));
    machine[R + source] = base;
    machine[R] = destination;
    run(machine, 1);
    return machine[R];
  }

  @Test
  void storesAtEachLevel() {
    Map<Integer, Integer> maskByMod =
        Map.of(
            0,
            SIZES.l2Mask(),
            1,
            SIZES.l1Mask(),
            0xd0,
            SIZES.l2Mask(),
            0xe0,
            SIZES.l3Mask(),
            0xf3,
            SIZES.l3Mask());
    maskByMod.forEach(
        (mod, mask) -> {
          Arrays.fill(scratchpad, 0);
          long[] machine =
              machineFor(RandomXVersion.V1, encode(Opcode.ISTORE, 0, 1, mod, IMMEDIATE));
          machine[R] = 0x1234_5678_9abc_de00L;
          machine[R + 1] = 42;
          run(machine, 1);
          assertThat(scratchpad[((int) machine[R] + IMMEDIATE & mask) / Long.BYTES])
              .as("mod=%x", mod)
              .isEqualTo(42);
        });
  }

  @Test
  void multipliesByReciprocals() {
    long[] machine = machineFor(RandomXVersion.V1, encode(Opcode.IMUL_RCP, 0, 0, 0, 13));
    machine[R] = 3;
    run(machine, 1);
    assertThat(machine[R])
        .isEqualTo(
            3
                * RandomXVectors.root()
                    .required("reciprocal")
                    .required("13")
                    .bigIntegerValue()
                    .longValue());
  }

  @Test
  void rotatesByTheImmediateOfOneRegister() {
    long[] machine =
        machineFor(
            RandomXVersion.V1,
            encode(Opcode.IROR_R, 0, 0, 0, 64 + 4),
            encode(Opcode.IROL_R, 1, 1, 0, 64 + 4));
    machine[R] = 0x1f;
    machine[R + 1] = 0xf000_0000_0000_0001L;
    run(machine, 2);
    assertThat(machine[R]).isEqualTo(0xf000_0000_0000_0001L);
    assertThat(machine[R + 1]).isEqualTo(0x1f);
  }

  @Test
  void version1AlwaysSetsTheRoundingMode() {
    for (int mode = 0; mode < 4; mode++) {
      long[] machine = machineFor(RandomXVersion.V1, encode(Opcode.CFROUND, 0, 1, 0, 64 + 12));
      machine[R + 1] = Long.rotateLeft(0xabcdefL << 6 | 0x3c | mode, 12);
      machine[ROUNDING_MODE] = 3 - mode;
      run(machine, 1);
      assertThat(machine[ROUNDING_MODE]).isEqualTo(mode);
    }
  }

  @Test
  void version2SetsTheRoundingModeOnlyWhenFourMoreBitsAreZero() {
    for (int bits = 0; bits < 64; bits++) {
      long[] machine = machineFor(RandomXVersion.V2, encode(Opcode.CFROUND, 0, 1, 0, 12));
      machine[R + 1] = Long.rotateLeft(0xabcdefL << 6 | bits, 12);
      machine[ROUNDING_MODE] = 2;
      run(machine, 1);
      assertThat(machine[ROUNDING_MODE]).as("bits=%d", bits).isEqualTo(bits < 4 ? bits : 2);
    }
  }

  /** HotSpot never compiles methods of more than 8000 bytes; half of that leaves room to grow. */
  @Test
  void staysFarBelowTheLimitOfTheCompiler() {
    assertThat(BytecodeSize.of(InstructionLoop.class, "run")).isBetween(500, 4000);
  }

  private static long[] machineFor(RandomXVersion version, long... instructions) {
    Program program = new Program(instructions.length);
    new ProgramDecoder(InstructionFrequencies.STANDARD, SIZES)
        .decode(buffer(instructions), program);
    long[] machine = new long[MachineLayout.codeEnd(instructions.length)];
    Operation.write(program, version, machine);
    return machine;
  }

  private void run(long[] machine, int size) {
    InstructionLoop.run(
        machine, scratchpad, MachineLayout.codeStart(size), MachineLayout.codeEnd(size));
  }

  private static JsonNode vector(String op) {
    return executeVectors()
        .filter(v -> RandomXVectors.text(v, "op").equals(op))
        .findFirst()
        .orElseThrow();
  }

  private static Opcode opcode(String op) {
    return Opcode.valueOf(op.split(" ", 2)[0]);
  }

  /** A word written in hex or, under the name with _dec, in decimal; zero if there is none. */
  private static long word(JsonNode vector, String name) {
    if (vector.has(name + "_dec")) {
      return vector.required(name + "_dec").asLong();
    }
    return vector.has(name) ? RandomXVectors.word(vector, name) : 0;
  }

  private static void setHighLow(long[] machine, int place, JsonNode highLow) {
    if (highLow.isArray()) {
      machine[place + 1] = hexWord(highLow.get(0));
      machine[place] = hexWord(highLow.get(1));
    }
  }

  private static long hexWord(JsonNode node) {
    return HexFormat.fromHexDigitsToLong(node.asString());
  }

  private static double get(long[] machine, int place) {
    return Double.longBitsToDouble(machine[place]);
  }

  private static void set(long[] machine, int place, double value) {
    machine[place] = Double.doubleToRawLongBits(value);
  }
}
