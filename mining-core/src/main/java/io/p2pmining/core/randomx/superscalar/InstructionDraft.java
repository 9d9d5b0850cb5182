package io.p2pmining.core.randomx.superscalar;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * An instruction whose registers are still being chosen (specification, section 6.3.4). Belongs to
 * one run of the generator.
 */
final class InstructionDraft {

  /** The parameter of operations whose repetition on a register is always refused. */
  static final int NO_PARAMETER = -1;

  private static final int UNCHOSEN = -1;

  /** The register that the lea instruction of x86 cannot add to without a displacement. */
  private static final int R5 = 5;

  private final SuperscalarOpcode opcode;
  private final BlakeGenerator random;
  private final int mod;
  private final int imm32;
  private int parameter;
  private int src = UNCHOSEN;
  private int dst = UNCHOSEN;

  InstructionDraft(SuperscalarOpcode opcode, BlakeGenerator random) {
    this.opcode = opcode;
    this.random = random;
    this.mod = opcode == SuperscalarOpcode.IADD_RS ? random.nextByte() : 0;
    this.imm32 = chooseConstant();
    // High multiplications may repeat on a register; a random parameter lets nearly all pass.
    this.parameter = opcode.isHighMultiplication() ? random.nextInt() : NO_PARAMETER;
  }

  SuperscalarOpcode opcode() {
    return opcode;
  }

  /** Chooses the source among the registers that are ready; false if there is none. */
  boolean chooseSource(int cycle, SimulatedRegister[] registers) {
    int[] ready = select(register -> registers[register].isReadyAt(cycle));
    if (ready.length == 0) {
      return false;
    }
    // Of two registers that are ready r5 must be the source, since it cannot be the destination.
    boolean forced =
        opcode == SuperscalarOpcode.IADD_RS
            && ready.length == 2
            && (ready[0] == R5 || ready[1] == R5);
    src = forced ? R5 : pick(ready);
    if (!opcode.isHighMultiplication()) {
      parameter = src;
    }
    return true;
  }

  /**
   * Chooses the destination among the registers that the rules admit; false if there is none.
   *
   * @param allowChained whether a register may be multiplied twice in a row
   */
  boolean chooseDestination(int cycle, boolean allowChained, SimulatedRegister[] registers) {
    boolean refuseChained = opcode == SuperscalarOpcode.IMUL_R && !allowChained;
    int[] admitted =
        select(
            number -> {
              SimulatedRegister register = registers[number];
              return register.isReadyAt(cycle)
                  && (number != src || opcode.isHighMultiplication())
                  && !(refuseChained && register.wasLast(opcode.group()))
                  && !register.wasLast(opcode.group(), parameter)
                  && !(opcode == SuperscalarOpcode.IADD_RS && number == R5);
            });
    if (admitted.length == 0) {
      return false;
    }
    dst = pick(admitted);
    return true;
  }

  void writeResult(int resultCycle, SimulatedRegister[] registers) {
    registers[dst].write(opcode.group(), parameter, resultCycle);
  }

  SuperscalarInstruction finish() {
    return new SuperscalarInstruction(opcode, dst, src == UNCHOSEN ? dst : src, mod, imm32);
  }

  private int chooseConstant() {
    return switch (opcode) {
      case ISUB_R, IXOR_R, IADD_RS, IMUL_R, IMULH_R, ISMULH_R -> 0;
      case IROR_C -> chooseRotation();
      case IADD_C7, IADD_C8, IADD_C9, IXOR_C7, IXOR_C8, IXOR_C9 -> random.nextInt();
      case IMUL_RCP -> chooseDivisor();
    };
  }

  private int chooseRotation() {
    int rotation;
    do {
      rotation = random.nextByte() & (Long.SIZE - 1);
    } while (rotation == 0);
    return rotation;
  }

  private int chooseDivisor() {
    int divisor;
    do {
      divisor = random.nextInt();
    } while (Reciprocal.isUndefinedFor(divisor));
    return divisor;
  }

  private int pick(int[] registers) {
    return registers.length == 1
        ? registers[0]
        : registers[Integer.remainderUnsigned(random.nextInt(), registers.length)];
  }

  private static int[] select(IntPredicate admits) {
    return IntStream.range(0, SuperscalarProgram.REGISTER_COUNT).filter(admits).toArray();
  }
}
