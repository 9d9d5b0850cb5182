package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorOperation.Map;
import io.p2pmining.core.x86.VectorOperation.Prefix;

/**
 * Puts instructions together from their parts: prefixes, opcode, operands (Intel's manual, volume
 * 2, chapter 2). Belongs to one thread.
 */
final class Encoder {

  private static final int ESCAPE = 0x0F;
  private static final int ESCAPE_38 = 0x38;
  private static final int ESCAPE_3A = 0x3A;

  // The upper two bits of a ModRM byte.
  private static final int NO_DISPLACEMENT = 0;
  private static final int DISPLACEMENT_8 = 1 << 6;
  private static final int DISPLACEMENT_32 = 2 << 6;
  private static final int REGISTER = 3 << 6;

  /** In the place of a base, without a displacement: RBP and R13 never go without one. */
  private static final int RIP_RELATIVE = 5;

  /** In the place of a base: RSP and R12 need the further byte. */
  private static final int SIB_FOLLOWS = 4;

  /** In the place of an index: RSP is none. */
  private static final int NO_INDEX = 4;

  private final CodeBuffer code;
  private final References references;
  private final Prefixes prefixes;

  Encoder(CodeBuffer code, References references) {
    this.code = code;
    this.references = references;
    prefixes = new Prefixes(code);
  }

  /** A general-purpose instruction without an immediate. */
  void general(OperandSize size, int opcode, int reg, Operand rm) {
    general(size, opcode, reg, rm, 0);
  }

  /**
   * A general-purpose instruction.
   *
   * @param opcode one byte, or two of which the first is 0F
   * @param reg the register number or opcode digit of the reg field
   * @param trailing how many bytes of immediate the caller writes behind
   */
  void general(OperandSize size, int opcode, int reg, Operand rm, int trailing) {
    requireGeneral(rm);
    prefixes.rex(size, reg, rm);
    if (opcode > 0xFF) {
      code.put(opcode >>> 8);
    }
    code.put(opcode);
    operand(reg, rm, 1, trailing);
  }

  /** A general-purpose instruction whose opcode holds the register. */
  void shortGeneral(OperandSize size, int opcode, Gpr register) {
    prefixes.rex(size, 0, register);
    code.put(opcode | register.number() & 7);
  }

  /** A vector instruction in its legacy form. */
  void legacy(VectorOperation op, int reg, Operand rm, int trailing) {
    if (op.prefix != Prefix.NONE) {
      code.put(op.prefix.legacy);
    }
    prefixes.rex(OperandSize.BITS_32, reg, rm);
    code.put(ESCAPE);
    switch (op.map) {
      case M0F -> {}
      case M0F38 -> code.put(ESCAPE_38);
      case M0F3A -> code.put(ESCAPE_3A);
    }
    code.put(op.opcode);
    operand(reg, rm, 1, trailing);
  }

  /** A vector instruction in its VEX form; {@code vvvv} is 0 for instructions without it. */
  void vex(VectorOperation op, int reg, int vvvv, boolean wide256, Operand rm, int trailing) {
    prefixes.vex(op.map, op.prefix, op.vexW, reg, vvvv, wide256, rm);
    opcodeAndOperand(op.opcode, reg, rm, trailing);
  }

  /** A VEX instruction on general-purpose registers of 64 bits. */
  void vexGeneral(Map map, Prefix prefix, int opcode, int reg, int vvvv, Operand rm, int trailing) {
    requireGeneral(rm);
    prefixes.vex(map, prefix, 1, reg, vvvv, false, rm);
    opcodeAndOperand(opcode, reg, rm, trailing);
  }

  /**
   * A vector instruction in its EVEX form.
   *
   * @param control length or rounding, and mask, see {@link Evex}
   * @param displacementUnit by how many bytes an 8-bit displacement counts
   */
  void evex(
      VectorOperation op,
      int reg,
      int vvvv,
      int control,
      Operand rm,
      int displacementUnit,
      int trailing) {
    prefixes.evex(op.map, op.prefix, op.evexW, reg, vvvv, control, rm);
    code.put(op.opcode);
    operand(reg, rm, displacementUnit, trailing);
  }

  private void opcodeAndOperand(int opcode, int reg, Operand rm, int trailing) {
    code.put(opcode);
    operand(reg, rm, 1, trailing);
  }

  /** An instruction of vector or mask registers and a general-purpose one, with VEX. */
  void vexMixed(Map map, Prefix prefix, int opcode, int reg, Gpr rm) {
    prefixes.vex(map, prefix, 0, reg, 0, false, rm);
    opcodeAndOperand(opcode, reg, rm, 0);
  }

  /** An instruction of registers of different kinds in their 64-bit lanes, with EVEX. */
  void evexMixed(Map map, Prefix prefix, int opcode, int reg, int control, Operand rm) {
    prefixes.evex(map, prefix, 1, reg, 0, control, rm);
    opcodeAndOperand(opcode, reg, rm, 0);
  }

  private static void requireGeneral(Operand rm) {
    if (rm instanceof VectorRegister) {
      throw new IllegalArgumentException("no general-purpose operand: operand=" + rm);
    }
  }

  private void operand(int reg, Operand rm, int displacementUnit, int trailing) {
    int field = (reg & 7) << 3;
    switch (rm) {
      case Gpr register -> code.put(REGISTER | field | register.number() & 7);
      case VectorRegister register -> code.put(REGISTER | field | register.number() & 7);
      case Address address -> memory(field, address, displacementUnit, trailing);
    }
  }

  private void memory(int field, Address address, int displacementUnit, int trailing) {
    Label label = address.label();
    Gpr base = address.base();
    if (label != null) {
      code.put(field | RIP_RELATIVE);
      references.near(label, address.displacement(), trailing);
    } else if (base != null) {
      based(field, address, base, displacementUnit);
    }
  }

  private void based(int field, Address address, Gpr base, int displacementUnit) {
    int displacement = address.displacement();
    boolean scaled = displacement % displacementUnit == 0;
    int compressed = displacement / displacementUnit;
    boolean none = displacement == 0 && (base.number() & 7) != RIP_RELATIVE;
    boolean small = scaled && compressed == (byte) compressed;
    int mode = none ? NO_DISPLACEMENT : small ? DISPLACEMENT_8 : DISPLACEMENT_32;
    Gpr index = address.index();
    if (index == null && (base.number() & 7) != SIB_FOLLOWS) {
      code.put(mode | field | base.number() & 7);
    } else {
      int indexBits = index == null ? NO_INDEX : index.number() & 7;
      int scaleBits = Integer.numberOfTrailingZeros(address.scale());
      code.put(mode | field | SIB_FOLLOWS);
      code.put(scaleBits << 6 | indexBits << 3 | base.number() & 7);
    }
    if (mode == DISPLACEMENT_8) {
      code.put(compressed);
    } else if (mode == DISPLACEMENT_32) {
      code.putInt(displacement);
    }
  }
}
