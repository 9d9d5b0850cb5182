package io.p2pmining.core.randomx.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.program.InstructionWords;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ProgramConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The longest code that there can be, against the room that is kept for it. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class CodeSizeTest {

  /** The longest program that the specification allows. */
  private static final int MAX_PROGRAM_SIZE = 32_768;

  private static final int LANES = 4;
  private static final int REGISTERS = 8;

  /** An immediate of which no byte can be left out. */
  private static final int IMMEDIATE = 0x7654_3210;

  /** Programs of one instruction, and CFROUND at the end, which makes copies necessary. */
  private static List<long[]> uniformPrograms(RandomXParameters parameters) {
    List<long[]> programs = new ArrayList<>();
    for (Opcode opcode : Opcode.values()) {
      for (int form = 0;
          parameters.frequencies().count(opcode) > 0 && form < REGISTERS * REGISTERS;
          form++) {
        for (int mod : new int[] {0, 1, 0xe1, 0xff}) {
          long word =
              InstructionWords.encode(
                  parameters.frequencies(),
                  opcode,
                  form / REGISTERS,
                  form % REGISTERS,
                  mod,
                  IMMEDIATE);
          programs.add(program(parameters, word));
        }
      }
    }
    return programs;
  }

  private static long[] program(RandomXParameters parameters, long word) {
    long[] buffer = new long[parameters.programBufferWords()];
    Arrays.fill(buffer, ProgramConfiguration.WORDS, buffer.length, word);
    ProgramBuffers.set(
        buffer, parameters, parameters.programSize() - 1, Opcode.CFROUND, 0, 5, 0, IMMEDIATE);
    return buffer;
  }

  private static long[] longestProgram(RandomXParameters parameters, CompilerTarget target) {
    long[] longest = {};
    int bytes = 0;
    try (Encoding encoding = new Encoding(parameters, target)) {
      for (long[] program : uniformPrograms(parameters)) {
        int length = encoding.length(program);
        if (length > bytes) {
          bytes = length;
          longest = program;
        }
      }
    }
    return longest;
  }

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void isNeverLongerThanComputedAndSometimesThatLong(CompilerTarget target) {
    for (RandomXParameters variant : RandomXVariants.all()) {
      // What the longest instruction is does not depend on how many there are.
      RandomXParameters small = StrangeParameters.sized(variant, 16, 1);
      long word = longestProgram(small, target)[ProgramConfiguration.WORDS];
      int lastInstructions = target.avx512() ? 4 : 1;
      try (Encoding encoding = new Encoding(variant, target)) {
        assertThat(encoding.length(program(variant, word)))
            .as(variant.name())
            .isLessThanOrEqualTo(encoding.maxBytes())
            .isGreaterThan(
                encoding.maxBytes() - lastInstructions * TemplateTable.TEMPLATE_BYTES * 2);
      }
    }
  }

  /** Lanes lie behind each other: what one has too much would be missing in the next. */
  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void fitsBetweenTheLanes(CompilerTarget target) {
    for (RandomXParameters variant : RandomXVariants.all()) {
      assertRuns(StrangeParameters.shortened(variant, 2), target);
    }
  }

  /** Jumps and tables so far apart as they never get with the variants that are in use. */
  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void fitsWithTheLongestProgramsOfTheSpecification(CompilerTarget target) {
    for (RandomXParameters version : List.of(RandomXVariants.MONERO, RandomXVariants.MONERO_V2)) {
      assertRuns(StrangeParameters.sized(version, MAX_PROGRAM_SIZE, 1), target);
    }
  }

  private static void assertRuns(RandomXParameters parameters, CompilerTarget target) {
    long[] longest = longestProgram(StrangeParameters.sized(parameters, 16, 1), target);
    SplittableRandom random = new SplittableRandom(1);
    PatternDataset dataset = PatternDataset.shared();
    ProgramCompiler compiler = Comparison.compiler(parameters, target, dataset);
    try (Comparison comparison = new Comparison(parameters, compiler, LANES, dataset, random)) {
      for (int round = 0; round < LANES; round++) {
        comparison.program(round, farJumps(parameters));
        comparison.program((round + 1) % LANES, ProgramBuffers.random(parameters, random));
        for (int lane = round + 2; lane < round + LANES; lane++) {
          comparison.program(
              lane % LANES, program(parameters, longest[ProgramConfiguration.WORDS]));
        }
        comparison.execute();
        comparison.assertAgreement(parameters.name());
      }
    }
  }

  /** Reciprocals, changes of the mode, and a jump over all of them from the end to the start. */
  private static long[] farJumps(RandomXParameters parameters) {
    int last = parameters.programSize() - 1;
    long[] buffer = program(parameters, 0);
    for (int i = 2; i < last; i++) {
      Opcode opcode = i % 2 == 0 ? Opcode.CFROUND : Opcode.IMUL_RCP;
      ProgramBuffers.set(buffer, parameters, i, opcode, 3, i % REGISTERS, 0, 2 * i + 1);
    }
    int negative = -InstructionForm.fixedImmediate(IMMEDIATE, 5);
    ProgramBuffers.set(buffer, parameters, 0, Opcode.IMUL_R, 6, 6, 0, 0);
    ProgramBuffers.set(buffer, parameters, 1, Opcode.IXOR_R, 6, 6, 0, negative);
    ProgramBuffers.set(buffer, parameters, last, Opcode.CBRANCH, 6, 0, 5 << 4, IMMEDIATE);
    return buffer;
  }
}
