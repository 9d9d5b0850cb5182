package io.p2pmining.core.randomx.program;

import static io.p2pmining.core.randomx.program.InstructionWords.IMMEDIATE;
import static io.p2pmining.core.randomx.program.InstructionWords.buffer;
import static io.p2pmining.core.randomx.program.InstructionWords.encode;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.randomx.RandomXVectors;
import io.p2pmining.core.randomx.superscalar.Reciprocal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class ProgramDecoderTest {

  private static final ScratchpadSizes SIZES = new ScratchpadSizes(16_384, 262_144, 2_097_152);

  static Stream<JsonNode> decodeVectors() {
    return RandomXVectors.root().at("/instruction_tests/decode").valueStream();
  }

  @ParameterizedTest
  @MethodSource("decodeVectors")
  void agreesWithVectors(JsonNode vector) {
    Opcode opcode = Opcode.valueOf(RandomXVectors.text(vector, "op"));
    int destination = vector.path("dst").asInt(0);
    int source = vector.path("src==dst").asBoolean(false) ? destination : 1;
    int immediate = vector.path("imm32").asInt(IMMEDIATE);
    Program program =
        decode(encode(opcode, destination, source, vector.path("mod").asInt(0), immediate));

    boolean nop = vector.path("becomes").asString("").equals("NOP");
    assertThat(program.opcode(0)).isEqualTo(nop ? Opcode.NOP : opcode);
    if (vector.has("shift")) {
      assertThat(program.shift(0)).isEqualTo(RandomXVectors.number(vector, "shift"));
    }
    if (vector.has("mask")) {
      JsonNode mask = vector.required("mask");
      int expected = mask.isString() ? HexFormat.fromHexDigits(mask.asString()) : mask.asInt();
      assertThat(program.mask(0)).isEqualTo(expected);
    }
    if (vector.has("src==dst")) {
      assertThat(program.source(0)).isEqualTo(Program.NO_REGISTER);
    }
    if (vector.has("rotate")) {
      assertThat(program.immediate(0)).isEqualTo(RandomXVectors.number(vector, "rotate"));
    }
    assertImmediate(program, vector.path("imm"));
  }

  private static void assertImmediate(Program program, JsonNode expected) {
    if (expected.isInt()) {
      assertThat(program.immediate(0)).isEqualTo(expected.asInt());
    } else if (expected.asString("").startsWith("reciprocal")) {
      assertThat(program.immediate(0)).isEqualTo(Reciprocal.of(IMMEDIATE));
    } else if (expected.isString()) {
      assertThat(program.immediate(0))
          .isEqualTo(HexFormat.fromHexDigitsToLong(expected.asString()));
    }
  }

  @Test
  void branchesBehindTheLastChangeOfTheirRegister() {
    long[] instructions = new long[202];
    Arrays.fill(instructions, encode(Opcode.FSCAL_R, 0, 0, 0, 0));
    instructions[100] = encode(Opcode.CBRANCH, 3, 0, 48, IMMEDIATE);
    instructions[200] = encode(Opcode.CBRANCH, 0, 0, 48, IMMEDIATE);
    Program program = decode(instructions);
    assertThat(program.target(100)).as("nothing changed: the first instruction").isZero();
    assertThat(program.target(200)).as("CBRANCH changes all registers").isEqualTo(101);
  }

  @Test
  void branchTargetsFollowWhatChangesARegister() {
    Program program =
        decode(
            encode(Opcode.ISWAP_R, 1, 2, 0, 0),
            encode(Opcode.ISWAP_R, 2, 2, 0, 0),
            encode(Opcode.IMUL_RCP, 2, 0, 0, 1 << 31),
            encode(Opcode.ISTORE, 2, 2, 0, 0),
            encode(Opcode.FADD_R, 2, 2, 0, 0),
            encode(Opcode.CFROUND, 2, 2, 0, 0),
            encode(Opcode.CBRANCH, 2, 0, 0, 0));
    assertThat(program.opcode(1)).isEqualTo(Opcode.NOP);
    assertThat(program.opcode(2)).isEqualTo(Opcode.NOP);
    assertThat(program.target(6)).as("the swap of r1 and r2").isEqualTo(1);

    program =
        decode(
            encode(Opcode.IMUL_RCP, 2, 0, 0, 3),
            encode(Opcode.IADD_RS, 1, 2, 0, 0),
            encode(Opcode.CBRANCH, 2, 0, 0, 0));
    assertThat(program.target(2)).as("the multiplication of r2").isEqualTo(1);
  }

  @Test
  void fixesTwoBitsOfABranchsImmediate() {
    Program program = decode(encode(Opcode.CBRANCH, 0, 0, 0xf0, -1), 0, 0);
    assertThat(program.immediate(0)).isEqualTo(-1L & ~(1L << 22));
    assertThat(program.mask(0)).isEqualTo(0xff << 23);
    program = decode(encode(Opcode.CBRANCH, 0, 0, 0, 0));
    assertThat(program.immediate(0)).isEqualTo(1 << 8);
    assertThat(program.mask(0)).isEqualTo(0xff << 8);
  }

  @Test
  void everyWordOfTheEncodingIsAnInstruction() {
    for (int opcodeByte = 0; opcodeByte < 256; opcodeByte++) {
      for (long registers : new long[] {0, 0x0700, 0x070000, 0x070700, 0xffff00}) {
        for (long rest : new long[] {0, 0xffff_ffff_ff00_0000L}) {
          Program program = decode(opcodeByte | registers | rest);
          assertThat(program.opcode(0)).isNotNull();
          assertThat(program.destination(0)).isBetween(0, 7);
          assertThat(program.source(0)).isBetween(Program.NO_REGISTER, 7);
        }
      }
    }
  }

  @Test
  void forgetsTheProgramBefore() {
    Program program = new Program(1);
    ProgramDecoder decoder = new ProgramDecoder(InstructionFrequencies.STANDARD, SIZES);
    decoder.decode(buffer(encode(Opcode.IADD_RS, 5, 3, 12, IMMEDIATE)), program);
    decoder.decode(buffer(encode(Opcode.INEG_R, 2, 0, 12, IMMEDIATE)), program);
    assertThat(program.shift(0)).isZero();
    assertThat(program.immediate(0)).isZero();
    decoder.decode(buffer(encode(Opcode.CBRANCH, 2, 0, 0, 0)), program);
    assertThat(program.target(0)).isZero();
  }

  private static Program decode(long... instructions) {
    Program program = new Program(instructions.length);
    new ProgramDecoder(InstructionFrequencies.STANDARD, SIZES)
        .decode(buffer(instructions), program);
    return program;
  }
}
