package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.randomx.program.ProgramConfiguration.WORDS;

import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.StrangeParameters;
import io.p2pmining.core.randomx.TestSeed;
import io.p2pmining.core.randomx.program.Opcode;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs as chance hardly ever makes them. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class StrangeProgramTest {

  private static final int LANES = 2;
  private static final int ITERATIONS = 5;

  /** One for each instruction at least. */
  private static final int PROGRAMS = 30;

  private static final List<RandomXParameters> VERSIONS =
      List.of(even(RandomXVariants.MONERO), even(RandomXVariants.MONERO_V2));

  private static RandomXParameters even(RandomXParameters version) {
    return StrangeParameters.shortened(
        StrangeParameters.on(
            StrangeParameters.with(version, StrangeParameters.only(Opcode.values())),
            RandomXVariants.ARQMA.scratchpad()),
        ITERATIONS);
  }

  /** A program under change. */
  private record Draft(
      RandomXParameters parameters, long[] buffer, SplittableRandom random, int number) {

    int size() {
      return parameters.programSize();
    }

    int register() {
      return random.nextInt(8);
    }

    void set(int index, Opcode opcode, int dst, int src, int mod, int immediate) {
      ProgramBuffers.set(buffer, parameters, index, opcode, dst, src, mod, immediate);
    }

    /** The same kind of instruction with the operands that are there. */
    void setOpcode(int index, Opcode opcode) {
      set(index, opcode, 0, 0, 0, 0);
      long opcodeByte = buffer[WORDS + index] & 0xff;
      buffer[WORDS + index] = random.nextLong() & ~0xffL | opcodeByte;
    }

    /** Two instructions after which a branch on a register jumps once. */
    void prepareJump(int index, int register, int condition, int immediate) {
      int negative = -InstructionForm.fixedImmediate(immediate, condition);
      set(index, Opcode.IMUL_R, register, register, 0, 0);
      set(index + 1, Opcode.IXOR_R, register, register, 0, negative);
    }
  }

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void roundDifferentlyFromTheFirstInstructionAndAfterTheLast(CompilerTarget target) {
    assertAgreement(
        target,
        draft -> {
          draft.setOpcode(0, Opcode.CFROUND);
          draft.setOpcode(draft.size() - 1, Opcode.CFROUND);
          if (draft.random.nextBoolean()) {
            draft.setOpcode(1, Opcode.CFROUND);
            draft.setOpcode(draft.size() - 2, Opcode.CFROUND);
          }
        });
  }

  /** A lane's mode lives on in a program that never mentions it. */
  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void roundAsTheProgramBeforeThemDid(CompilerTarget target) {
    assertAgreement(
        target,
        draft -> {
          boolean changes = draft.random.nextInt(3) == 0;
          for (int i = 0; i < draft.size(); i++) {
            draft.setOpcode(i, draft.random.nextBoolean() ? Opcode.FADD_R : Opcode.FMUL_R);
          }
          if (changes) {
            draft.setOpcode(draft.random.nextInt(draft.size()), Opcode.CFROUND);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void branchSeveralTimesInARow(CompilerTarget target) {
    assertAgreement(
        target,
        draft -> {
          for (int at = 0; at + 8 < draft.size(); at += 8) {
            int first = draft.register();
            int second = draft.register();
            int condition = draft.random.nextInt(16);
            int immediate = draft.random.nextInt();
            draft.prepareJump(at, first, condition, immediate);
            draft.set(at + 3, Opcode.CBRANCH, first, 0, condition << 4, immediate);
            draft.set(at + 4, Opcode.CBRANCH, second, 0, condition << 4, immediate);
            draft.set(at + 5, Opcode.CBRANCH, first, 0, condition << 4, immediate);
          }
          draft.setOpcode(0, Opcode.CBRANCH);
          draft.setOpcode(draft.size() - 1, Opcode.CBRANCH);
        });
  }

  /** From the end of a program to its beginning, over code that rounds and over code that not. */
  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void jumpOverEverything(CompilerTarget target) {
    assertAgreement(
        target,
        draft -> {
          boolean rounds = draft.random.nextBoolean();
          for (int i = 2; i < draft.size() - 1; i++) {
            draft.setOpcode(i, i % 3 == 0 ? Opcode.FDIV_M : Opcode.ISTORE);
            if (rounds && i % 50 == 7) {
              draft.setOpcode(i, Opcode.CFROUND);
            }
          }
          int register = draft.register();
          int condition = draft.random.nextInt(16);
          int immediate = draft.random.nextInt();
          draft.prepareJump(0, register, condition, immediate);
          draft.set(draft.size() - 1, Opcode.CBRANCH, register, 0, condition << 4, immediate);
        });
  }

  /** Every distance of jumps around the longest short one. */
  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void jumpNearAndFar(CompilerTarget target) {
    assertAgreement(
        target,
        draft -> {
          int at = 0;
          while (at < draft.size() - 60) {
            int register = draft.register();
            int other = (register + 1) % 8;
            int condition = draft.random.nextInt(16);
            int immediate = draft.random.nextInt();
            draft.prepareJump(at, register, condition, immediate);
            int end = at + 2 + draft.random.nextInt(40);
            for (at += 2; at < end; at++) {
              Opcode opcode = draft.random.nextBoolean() ? Opcode.INEG_R : Opcode.IMUL_R;
              draft.set(at, opcode, other, other, 0, draft.random.nextInt());
            }
            draft.set(at++, Opcode.CBRANCH, register, 0, condition << 4, immediate);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("io.p2pmining.core.randomx.compiler.Targets#all")
  void consistOfOneKindOfInstruction(CompilerTarget target) {
    assertAgreement(
        target,
        draft -> {
          Opcode[] opcodes = Opcode.values();
          for (int i = 0; i < draft.size(); i++) {
            draft.setOpcode(i, opcodes[draft.number % opcodes.length]);
          }
        });
  }

  private static void assertAgreement(CompilerTarget target, Consumer<Draft> change) {
    long seed = TestSeed.of("strange programs, " + target);
    SplittableRandom random = new SplittableRandom(seed);
    PatternDataset dataset = PatternDataset.shared();
    for (RandomXParameters parameters : VERSIONS) {
      ProgramCompiler compiler = Comparison.compiler(parameters, target, dataset);
      try (Comparison comparison =
          new Comparison(parameters, compiler, LANES, dataset, random.split())) {
        for (int i = 0; i < PROGRAMS; i++) {
          for (int lane = 0; lane < LANES; lane++) {
            long[] buffer = ProgramBuffers.random(parameters, random);
            change.accept(new Draft(parameters, buffer, random, i));
            comparison.program(lane, buffer);
          }
          comparison.execute();
          comparison.assertAgreement(
              "%s, program=%d, seed=%d".formatted(parameters.version(), i, seed));
        }
      }
    }
  }
}
