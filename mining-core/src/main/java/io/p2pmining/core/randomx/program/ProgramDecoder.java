package io.p2pmining.core.randomx.program;

import io.p2pmining.core.randomx.superscalar.Reciprocal;
import java.util.Arrays;

/**
 * Decodes instruction words (specification, section 5) under one variant's opcode bytes and
 * scratchpad sizes. Keeps track of the jump targets while it decodes: not safe for use by several
 * threads.
 *
 * <pre>
 *   bit  0        8     16    24                   32      63
 *       +--------+-----+-----+--------------------+----------+
 *       | opcode | dst | src | mem 2, shift 2,    | imm32    |
 *       |        |     |     | cond 4             |          |
 *       +--------+-----+-----+--------------------+----------+
 * </pre>
 */
public final class ProgramDecoder {

  private static final int REGISTER_COUNT = 8;
  private static final int FLOAT_REGISTER_MASK = 3;
  private static final int REGISTER_MASK = REGISTER_COUNT - 1;
  private static final int ROTATION_MASK = 63;

  /** Section 5.2.1: the register to which IADD_RS adds the immediate as well. */
  private static final int DISPLACED_REGISTER = 5;

  /** Table 5.1.4: conditions from here on store to the whole scratchpad. */
  private static final int STORE_L3_CONDITION = 14;

  /** RANDOMX_JUMP_BITS and RANDOMX_JUMP_OFFSET; no variant changes them. */
  private static final int JUMP_BITS = 8;

  private static final int JUMP_OFFSET = 8;

  private final InstructionFrequencies frequencies;
  private final ScratchpadSizes sizes;

  /** For each integer register the instruction after the one that changed it last. */
  private final int[] targets = new int[REGISTER_COUNT];

  public ProgramDecoder(InstructionFrequencies frequencies, ScratchpadSizes sizes) {
    this.frequencies = frequencies;
    this.sizes = sizes;
  }

  /** Decodes the instructions of a program buffer, which follow its configuration. */
  public void decode(long[] buffer, Program program) {
    Arrays.fill(targets, 0);
    for (int i = 0; i < program.size(); i++) {
      decode(buffer[ProgramConfiguration.WORDS + i], program, i);
    }
  }

  private void decode(long word, Program program, int index) {
    Opcode opcode = frequencies.opcode((int) word & 0xff);
    int destination = (int) (word >>> 8) & REGISTER_MASK;
    int source = (int) (word >>> 16) & REGISTER_MASK;
    int mod = (int) (word >>> 24) & 0xff;
    int immediate = (int) (word >>> 32);
    switch (opcode) {
      case IADD_RS -> {
        int displacement = destination == DISPLACED_REGISTER ? immediate : 0;
        program.set(index, opcode, destination, source, displacement);
        program.setShift(index, mod >>> 2 & 3);
        changes(destination, index);
      }
      case ISUB_R, IMUL_R, IXOR_R -> {
        program.set(index, opcode, destination, orNone(source, destination), immediate);
        changes(destination, index);
      }
      case IROR_R, IROL_R -> {
        int rotation = immediate & ROTATION_MASK;
        program.set(index, opcode, destination, orNone(source, destination), rotation);
        changes(destination, index);
      }
      case IADD_M, ISUB_M, IMUL_M, IMULH_M, ISMULH_M, IXOR_M -> {
        program.set(index, opcode, destination, orNone(source, destination), immediate);
        program.setMask(index, source == destination ? sizes.l3Mask() : nearMask(mod));
        changes(destination, index);
      }
      case IMULH_R, ISMULH_R, INEG_R -> {
        program.set(index, opcode, destination, source, 0);
        changes(destination, index);
      }
      case IMUL_RCP -> decodeReciprocal(program, index, destination, immediate);
      case ISWAP_R -> decodeSwap(program, index, destination, source);
      case FSWAP_R -> program.set(index, opcode, destination, 0, 0);
      case FADD_R, FSUB_R, FMUL_R ->
          program.set(index, opcode, toFloat(destination), toFloat(source), 0);
      case FADD_M, FSUB_M, FDIV_M -> {
        program.set(index, opcode, toFloat(destination), source, immediate);
        program.setMask(index, nearMask(mod));
      }
      case FSCAL_R, FSQRT_R -> program.set(index, opcode, toFloat(destination), 0, 0);
      case CBRANCH -> decodeBranch(program, index, destination, mod >>> 4, immediate);
      case CFROUND -> program.set(index, opcode, 0, source, immediate & ROTATION_MASK);
      case ISTORE -> {
        program.set(index, opcode, destination, source, immediate);
        boolean far = mod >>> 4 >= STORE_L3_CONDITION;
        program.setMask(index, far ? sizes.l3Mask() : nearMask(mod));
      }
      case NOP -> program.set(index, opcode, 0, 0, 0);
    }
  }

  private void decodeReciprocal(Program program, int index, int destination, int divisor) {
    if (Reciprocal.isUndefinedFor(divisor)) {
      program.set(index, Opcode.NOP, 0, 0, 0);
      return;
    }
    program.set(index, Opcode.IMUL_RCP, destination, 0, Reciprocal.of(divisor));
    changes(destination, index);
  }

  private void decodeSwap(Program program, int index, int destination, int source) {
    if (source == destination) {
      program.set(index, Opcode.NOP, 0, 0, 0);
      return;
    }
    program.set(index, Opcode.ISWAP_R, destination, source, 0);
    changes(destination, index);
    changes(source, index);
  }

  /** Section 5.4.2. The cleared bit below the set one makes a second jump in a row impossible. */
  private void decodeBranch(
      Program program, int index, int destination, int condition, int immediate) {
    int shift = condition + JUMP_OFFSET;
    int fixed = (immediate | 1 << shift) & ~(1 << (shift - 1));
    program.set(index, Opcode.CBRANCH, destination, 0, fixed);
    program.setMask(index, ((1 << JUMP_BITS) - 1) << shift);
    program.setTarget(index, targets[destination]);
    Arrays.fill(targets, index + 1);
  }

  private void changes(int register, int index) {
    targets[register] = index + 1;
  }

  private int nearMask(int mod) {
    return (mod & 3) == 0 ? sizes.l2Mask() : sizes.l1Mask();
  }

  private static int orNone(int source, int destination) {
    return source == destination ? Program.NO_REGISTER : source;
  }

  private static int toFloat(int register) {
    return register & FLOAT_REGISTER_MASK;
  }
}
