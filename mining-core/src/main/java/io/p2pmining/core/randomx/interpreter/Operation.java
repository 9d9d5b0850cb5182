package io.p2pmining.core.randomx.interpreter;

import static io.p2pmining.core.randomx.interpreter.MachineLayout.A;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.CODE_STEP;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.CONSTANTS;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.E;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.F;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.MINUS_A;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.R;
import static io.p2pmining.core.randomx.interpreter.MachineLayout.ZERO;

import io.p2pmining.core.randomx.RandomXVersion;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.Program;

/**
 * The interpreter's own code: fewer operations than there are instructions, because operands are
 * places in the {@link MachineLayout} and a constant has a place like a register.
 *
 * <pre>
 *   first word:   operation 0..4 | destination 8..15 | source or jump target 16..32 | shift 33..34
 *   second word:  immediate 0..31 | mask 32..63
 * </pre>
 */
final class Operation {

  static final int IADD_RS = 0;
  static final int IADD_M = 1;
  static final int ISUB_R = 2;
  static final int ISUB_M = 3;
  static final int IMUL_R = 4;
  static final int IMUL_M = 5;
  static final int IMULH_R = 6;
  static final int IMULH_M = 7;
  static final int ISMULH_R = 8;
  static final int ISMULH_M = 9;
  static final int INEG_R = 10;
  static final int IXOR_R = 11;
  static final int IXOR_M = 12;
  static final int IROR_R = 13;
  static final int IROL_R = 14;
  static final int ISWAP_R = 15;
  static final int FSWAP_R = 16;
  static final int FADD_R = 17;
  static final int FADD_M = 18;
  static final int FSUB_M = 19;
  static final int FSCAL_R = 20;
  static final int FMUL_R = 21;
  static final int FDIV_M = 22;
  static final int FSQRT_R = 23;
  static final int CBRANCH = 24;
  static final int CFROUND_V1 = 25;
  static final int CFROUND_V2 = 26;
  static final int ISTORE = 27;
  static final int NOP = 28;
  static final int UNUSED_29 = 29;
  static final int UNUSED_30 = 30;
  static final int UNUSED_31 = 31;

  /** The bits of an operation's number; all their values have a name, see InstructionLoop. */
  static final int NUMBER_MASK = 31;

  static final int DESTINATION_SHIFT = 8;
  static final int DESTINATION_MASK = 0xff;
  static final int SOURCE_SHIFT = 16;

  /** Wide enough for the jump targets of the longest program there may be, 32768 instructions. */
  static final int SOURCE_MASK = 0x1_ffff;

  static final int SHIFT_SHIFT = 33;

  private Operation() {}

  /** Writes the code of a program, and the constants it uses, to their places in the machine. */
  static void write(Program program, RandomXVersion version, long[] machine) {
    int start = MachineLayout.codeStart(program.size());
    for (int i = 0; i < program.size(); i++) {
      int at = start + CODE_STEP * i;
      int source = source(program, i);
      if (source == CONSTANTS + i) {
        machine[source] = program.immediate(i);
      }
      machine[at] =
          number(program.opcode(i), version)
              | destination(program, i) << DESTINATION_SHIFT
              | (long) source << SOURCE_SHIFT
              | (long) program.shift(i) << SHIFT_SHIFT;
      machine[at + 1] = program.immediate(i) & 0xffff_ffffL | (long) program.mask(i) << 32;
    }
  }

  private static int number(Opcode opcode, RandomXVersion version) {
    return switch (opcode) {
      case IADD_RS -> IADD_RS;
      case IADD_M -> IADD_M;
      case ISUB_R -> ISUB_R;
      case ISUB_M -> ISUB_M;
      case IMUL_R, IMUL_RCP -> IMUL_R;
      case IMUL_M -> IMUL_M;
      case IMULH_R -> IMULH_R;
      case IMULH_M -> IMULH_M;
      case ISMULH_R -> ISMULH_R;
      case ISMULH_M -> ISMULH_M;
      case INEG_R -> INEG_R;
      case IXOR_R -> IXOR_R;
      case IXOR_M -> IXOR_M;
      case IROR_R -> IROR_R;
      case IROL_R -> IROL_R;
      case ISWAP_R -> ISWAP_R;
      case FSWAP_R -> FSWAP_R;
      case FADD_R, FSUB_R -> FADD_R;
      case FADD_M -> FADD_M;
      case FSUB_M -> FSUB_M;
      case FSCAL_R -> FSCAL_R;
      case FMUL_R -> FMUL_R;
      case FDIV_M -> FDIV_M;
      case FSQRT_R -> FSQRT_R;
      case CBRANCH -> CBRANCH;
      case CFROUND ->
          switch (version) {
            case V1 -> CFROUND_V1;
            case V2 -> CFROUND_V2;
          };
      case ISTORE -> ISTORE;
      case NOP -> NOP;
    };
  }

  private static int destination(Program program, int index) {
    int register = program.destination(index);
    return switch (program.opcode(index)) {
      // f0 to f3 and e0 to e3 follow each other, as FSWAP_R numbers them.
      case FSWAP_R, FADD_R, FADD_M, FSUB_R, FSUB_M, FSCAL_R -> F + 2 * register;
      case FMUL_R, FDIV_M, FSQRT_R -> E + 2 * register;
      default -> R + register;
    };
  }

  private static int source(Program program, int index) {
    int register = program.source(index);
    return switch (program.opcode(index)) {
      case FADD_R, FMUL_R -> A + 2 * register;
      case FSUB_R -> MINUS_A + 2 * register;
      case IMUL_RCP -> CONSTANTS + index;
      case ISUB_R, IMUL_R, IXOR_R, IROR_R, IROL_R ->
          register == Program.NO_REGISTER ? CONSTANTS + index : R + register;
      case CBRANCH -> MachineLayout.codeStart(program.size()) + CODE_STEP * program.target(index);
      default -> register == Program.NO_REGISTER ? ZERO : R + register;
    };
  }
}
