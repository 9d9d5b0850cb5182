package io.p2pmining.core.randomx.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.x86.Assembler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the encoder copies, against what the assembler writes. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class TemplateTableTest {

  private static final int REGISTERS = 8;
  private static final int IMMEDIATE = InstructionCode.IMMEDIATE;
  private static final int ROTATION_MASK = 63;

  /** With the tables of a program's words and lanes beside them. */
  private static final int FIRST_LEVEL_OF_THE_CACHE_BYTES = 16 * 1024;

  private static final RandomXParameters PARAMETERS =
      StrangeParameters.with(
          StrangeParameters.sized(RandomXVariants.MONERO, InstructionForm.PROGRAM_SIZE, 1),
          StrangeParameters.only(Opcode.values()));

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void becomeTheCodeOfEveryForm(CompilerTarget target) {
    InstructionCode instructions = instructions(target);
    try (Encoding encoding = new Encoding(PARAMETERS, target)) {
      for (Opcode opcode : Opcode.values()) {
        if (opcode != Opcode.CFROUND) { // It is written without a template.
          for (int modClass = 0; modClass < ModClass.of(opcode).count; modClass++) {
            for (int pair = 0; pair < REGISTERS * REGISTERS; pair++) {
              int dst = pair / REGISTERS;
              int src = pair % REGISTERS;
              byte[] expected = code(instructions, opcode, dst, src, modClass, encoding.lane());
              byte[] found = encoding.code(program(opcode, dst, src, modClass));
              assertThat(Arrays.copyOf(found, expected.length))
                  .as("%s dst=%d src=%d modClass=%d", opcode, dst, src, modClass)
                  .isEqualTo(expected);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void stayInTheFirstLevelOfTheCache(CompilerTarget target) {
    TemplateTable table =
        new TemplateTable(instructions(target), PARAMETERS.frequencies(), PARAMETERS.scratchpad());
    assertThat(table.tables()).hasSizeLessThan(FIRST_LEVEL_OF_THE_CACHE_BYTES);
  }

  private static InstructionCode instructions(CompilerTarget target) {
    return new InstructionCode(
        FloatCode.of(target.avx512()), PARAMETERS.scratchpad(), target.bmi2());
  }

  /** The instruction before others that do nothing. */
  private static long[] program(Opcode opcode, int dst, int src, int modClass) {
    long[] buffer = new long[PARAMETERS.programBufferWords()];
    for (int i = 1; i < PARAMETERS.programSize(); i++) {
      ProgramBuffers.set(buffer, PARAMETERS, i, Opcode.NOP, 0, 0, 0, 0);
    }
    int mod =
        IntStream.range(0, 256)
            .filter(value -> ModClass.of(opcode).of(value) == modClass)
            .findFirst()
            .orElseThrow();
    ProgramBuffers.set(buffer, PARAMETERS, 0, opcode, dst, src, mod, IMMEDIATE);
    return buffer;
  }

  private static byte[] code(
      InstructionCode instructions, Opcode opcode, int dst, int src, int modClass, int lane) {
    Assembler asm = new Assembler();
    instructions.write(asm, opcode, dst, src, modClass);
    ByteBuffer code = ByteBuffer.wrap(asm.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    if (src == dst && (opcode == Opcode.IROR_R || opcode == Opcode.IROL_R)) {
      code.put(code.capacity() - 1, (byte) (IMMEDIATE & ROTATION_MASK));
    }
    for (int at = 0; at + Integer.BYTES <= code.capacity(); at++) {
      if (code.getInt(at) == IMMEDIATE) {
        code.putInt(at, immediate(opcode, src == dst, modClass, lane));
      }
    }
    return code.array();
  }

  private static int immediate(Opcode opcode, boolean same, int modClass, int lane) {
    return switch (opcode) {
      case CBRANCH -> InstructionForm.fixedImmediate(IMMEDIATE, modClass);
      case IMUL_RCP -> lane + LaneLayout.RECIPROCALS;
      case IADD_M, ISUB_M, IMUL_M, IMULH_M, ISMULH_M, IXOR_M ->
          same ? IMMEDIATE & PARAMETERS.scratchpad().l3Mask() : IMMEDIATE;
      default -> IMMEDIATE;
    };
  }
}
