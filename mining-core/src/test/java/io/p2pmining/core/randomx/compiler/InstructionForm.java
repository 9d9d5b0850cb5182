package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.program.Opcode;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One instruction in a short program that is sure to execute it.
 *
 * @param modClass what its mod byte means, see {@link ModClass}
 * @param setup what comes before it
 */
record InstructionForm(Opcode opcode, int dst, int src, int modClass, int immediate, Setup setup) {

  /** The shortest program there can be. */
  static final int PROGRAM_SIZE = 8;

  private static final int REGISTERS = 8;
  private static final int PLACE = 4;
  private static final int RANDOM_IMMEDIATES = 2;

  /** What the instructions before the form do. */
  enum Setup {
    /** Anything; the rounding mode is what an earlier program or they left. */
    RANDOM,
    /** They round to nearest. */
    NEAREST,
    /** They round down. */
    DOWN,
    /** They round up. */
    UP,
    /** They round towards zero. */
    ZERO,
    /** They make the branch jump, once. */
    TAKEN
  }

  /** Calls for every form there is, with every special immediate and a few random ones. */
  static void forEach(SplittableRandom random, Consumer<InstructionForm> action) {
    for (Opcode opcode : Opcode.values()) {
      for (int form = 0; form < ModClass.of(opcode).count * REGISTERS * REGISTERS; form++) {
        for (int i = 0; i < ProgramBuffers.immediateCount() + RANDOM_IMMEDIATES; i++) {
          int immediate =
              i < ProgramBuffers.immediateCount() ? ProgramBuffers.immediate(i) : random.nextInt();
          for (Setup setup : setups(opcode)) {
            action.accept(
                new InstructionForm(
                    opcode,
                    form / REGISTERS % REGISTERS,
                    form % REGISTERS,
                    form / (REGISTERS * REGISTERS),
                    immediate,
                    setup));
          }
        }
      }
    }
  }

  private static Setup[] setups(Opcode opcode) {
    if (opcode == Opcode.CBRANCH) {
      return new Setup[] {Setup.RANDOM, Setup.TAKEN};
    }
    return InstructionCode.rounds(opcode)
        ? new Setup[] {Setup.RANDOM, Setup.NEAREST, Setup.DOWN, Setup.UP, Setup.ZERO}
        : new Setup[] {Setup.RANDOM};
  }

  /** A program with the form, and random instructions where nothing particular is needed. */
  long[] program(RandomXParameters parameters, SplittableRandom random) {
    long[] buffer = ProgramBuffers.random(parameters, random);
    switch (setup) {
      case RANDOM -> {}
      case NEAREST, DOWN, UP, ZERO ->
          setRounding(buffer, parameters, setup.ordinal() - Setup.NEAREST.ordinal());
      case TAKEN -> prepareJump(buffer, parameters);
    }
    ProgramBuffers.set(buffer, parameters, PLACE, opcode, dst, src, modByte(random), immediate);
    return buffer;
  }

  /** The same without the instruction. */
  static void remove(long[] buffer, RandomXParameters parameters) {
    ProgramBuffers.set(buffer, parameters, PLACE, Opcode.NOP, 0, 0, 0, 0);
  }

  private void setRounding(long[] buffer, RandomXParameters parameters, int mode) {
    int other = 0;
    while (other == dst || other == src) {
      other++;
    }
    // Sums of integers need no rounding.
    ProgramBuffers.set(buffer, parameters, 0, Opcode.FADD_R, dst, src, 0, 0);
    ProgramBuffers.set(buffer, parameters, 1, Opcode.IMUL_R, other, other, 0, 0);
    ProgramBuffers.set(buffer, parameters, 2, Opcode.IXOR_R, other, other, 0, mode);
    ProgramBuffers.set(buffer, parameters, 3, Opcode.CFROUND, 0, other, 0, 0);
  }

  private void prepareJump(long[] buffer, RandomXParameters parameters) {
    int negative = -fixedImmediate(immediate, modClass);
    int other = (dst + 1) % REGISTERS;
    ProgramBuffers.set(buffer, parameters, 1, Opcode.IMUL_R, dst, dst, 0, 0);
    ProgramBuffers.set(buffer, parameters, 2, Opcode.IXOR_R, dst, dst, 0, negative);
    ProgramBuffers.set(buffer, parameters, 3, Opcode.ISUB_R, other, other, 0, 1);
  }

  /** What CBRANCH adds (specification, section 5.4.2). */
  static int fixedImmediate(int immediate, int condition) {
    int shift = condition + InstructionCode.JUMP_OFFSET;
    return (immediate | 1 << shift) & ~(1 << (shift - 1));
  }

  /** A mod byte of the class. */
  private int modByte(SplittableRandom random) {
    int mod = random.nextInt(256);
    while (ModClass.of(opcode).of(mod) != modClass) {
      mod = random.nextInt(256);
    }
    return mod;
  }
}
