package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorOperation.Map;
import io.p2pmining.core.x86.VectorOperation.Prefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts instructions together from their parts: prefixes, opcode, operands (Intel's manual, volume
 * 2, chapter 2). Belongs to one thread.
 */
final class Encoder {

  private static final int ESCAPE = 0x0F;
  private static final int ESCAPE_38 = 0x38;
  private static final int ESCAPE_3A = 0x3A;
  private static final int VEX_2 = 0xC5;
  private static final int VEX_3 = 0xC4;
  private static final int EVEX = 0x62;
  private static final int RIP_RELATIVE = 5;
  private static final int SIB_FOLLOWS = 4;
  private static final int NO_INDEX = 4;

  /** Where a 32-bit distance to a label is still to be written; it counts from {@code end}. */
  private record Reference(int position, int end, Label label) {}

  /** Where an 8-bit distance to a label is still to be written; it counts from the next byte. */
  private record ShortReference(int position, Label label) {}

  private final CodeBuffer code;
  private final List<Reference> references = new ArrayList<>();
  private final List<ShortReference> shortReferences = new ArrayList<>();

  Encoder(CodeBuffer code) {
    this.code = code;
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
    rex(size, reg, rm);
    if (opcode > 0xFF) {
      code.put(opcode >>> 8);
    }
    code.put(opcode);
    operand(reg, rm, 1, trailing);
  }

  /** A general-purpose instruction whose opcode holds the register. */
  void shortGeneral(OperandSize size, int opcode, Gpr register) {
    rex(size, 0, register);
    code.put(opcode | register.number() & 7);
  }

  /** A vector instruction in its legacy form. */
  void legacy(VectorOperation op, int reg, Operand rm, int trailing) {
    if (op.prefix != Prefix.NONE) {
      code.put(op.prefix.legacy);
    }
    rex(OperandSize.BITS_32, reg, rm);
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
    vexPrefix(op.map, op.prefix, op.vexW, reg, vvvv, wide256, rm);
    opcodeAndOperand(op.opcode, reg, rm, trailing);
  }

  /** A VEX instruction on general-purpose registers of 64 bits. */
  void vexGeneral(Map map, Prefix prefix, int opcode, int reg, int vvvv, Operand rm, int trailing) {
    requireGeneral(rm);
    vexPrefix(map, prefix, 1, reg, vvvv, false, rm);
    opcodeAndOperand(opcode, reg, rm, trailing);
  }

  /** A VEX prefix. */
  void vexPrefix(Map map, Prefix prefix, int w, int reg, int vvvv, boolean wide256, Operand rm) {
    int r = ~reg >>> 3 & 1;
    int x = ~indexExtension(rm) & 1;
    int b = ~baseExtension(rm) & 1;
    int tail = (~vvvv & 15) << 3 | (wide256 ? 4 : 0) | prefix.ordinal();
    if (x == 1 && b == 1 && w == 0 && map == Map.M0F) {
      code.put(VEX_2);
      code.put(r << 7 | tail);
    } else {
      code.put(VEX_3);
      code.put(r << 7 | x << 6 | b << 5 | map.number());
      code.put(w << 7 | tail);
    }
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
    evexPrefix(op.map, op.prefix, op.evexW, reg, vvvv, control, rm);
    code.put(op.opcode);
    operand(reg, rm, displacementUnit, trailing);
  }

  /** An EVEX prefix. */
  void evexPrefix(Map map, Prefix prefix, int w, int reg, int vvvv, int control, Operand rm) {
    int r = ~reg >>> 3 & 1;
    int r2 = ~reg >>> 4 & 1;
    int x = ~indexExtension(rm) & 1;
    int b = ~baseExtension(rm) & 1;
    code.put(EVEX);
    code.put(r << 7 | x << 6 | b << 5 | r2 << 4 | map.number());
    code.put(w << 7 | (~vvvv & 15) << 3 | 4 | prefix.ordinal());
    code.put(control | (~vvvv >>> 4 & 1) << 3);
  }

  /** What stands behind a prefix. */
  void opcodeAndOperand(int opcode, int reg, Operand rm, int trailing) {
    code.put(opcode);
    operand(reg, rm, 1, trailing);
  }

  private static void requireGeneral(Operand rm) {
    if (rm instanceof VectorRegister) {
      throw new IllegalArgumentException("no general-purpose operand: operand=" + rm);
    }
  }

  private void rex(OperandSize size, int reg, Operand rm) {
    int rex =
        (size == OperandSize.BITS_64 ? 8 : 0)
            | (reg >>> 3 & 1) << 2
            | (indexExtension(rm) & 1) << 1
            | baseExtension(rm) & 1;
    if (rex != 0) {
      code.put(0x40 | rex);
    }
  }

  /** The register bits that the prefix bit X stands for. EVEX has it say bit 4 of a register. */
  private static int indexExtension(Operand rm) {
    return switch (rm) {
      case Gpr _ -> 0;
      case VectorRegister register -> register.number() >>> 4;
      case Address address -> extension(address.index());
    };
  }

  /** The register bits that the prefix bit B stands for. */
  private static int baseExtension(Operand rm) {
    return switch (rm) {
      case Gpr register -> extension(register);
      case VectorRegister register -> register.number() >>> 3;
      case Address address -> extension(address.base());
    };
  }

  private static int extension(@Nullable Gpr part) {
    return part == null ? 0 : part.number() >>> 3;
  }

  private void operand(int reg, Operand rm, int displacementUnit, int trailing) {
    int field = (reg & 7) << 3;
    switch (rm) {
      case Gpr register -> code.put(0xC0 | field | register.number() & 7);
      case VectorRegister register -> code.put(0xC0 | field | register.number() & 7);
      case Address address -> memory(field, address, displacementUnit, trailing);
    }
  }

  private void memory(int field, Address address, int displacementUnit, int trailing) {
    Label label = address.label();
    Gpr base = address.base();
    if (label != null) {
      code.put(field | RIP_RELATIVE);
      reference(label, address.displacement(), trailing);
    } else if (base != null) {
      based(field, address, base, displacementUnit);
    }
  }

  private void based(int field, Address address, Gpr base, int displacementUnit) {
    int displacement = address.displacement();
    boolean scaled = displacement % displacementUnit == 0;
    int compressed = displacement / displacementUnit;
    boolean none = displacement == 0 && (base.number() & 7) != 5;
    boolean small = scaled && compressed == (byte) compressed;
    int mode = none ? 0 : small ? 0x40 : 0x80;
    Gpr index = address.index();
    if (index == null && (base.number() & 7) != SIB_FOLLOWS) {
      code.put(mode | field | base.number() & 7);
    } else {
      int indexBits = index == null ? NO_INDEX : index.number() & 7;
      int scaleBits = Integer.numberOfTrailingZeros(address.scale());
      code.put(mode | field | SIB_FOLLOWS);
      code.put(scaleBits << 6 | indexBits << 3 | base.number() & 7);
    }
    if (mode == 0x40) {
      code.put(compressed);
    } else if (mode == 0x80) {
      code.putInt(displacement);
    }
  }

  /** A 32-bit distance from the end of the instruction to a label. */
  void reference(Label label, int displacement, int trailing) {
    references.add(new Reference(code.length(), code.length() + Integer.BYTES + trailing, label));
    code.putInt(displacement);
  }

  /** An 8-bit distance from the next byte to a label that is near. */
  void shortReference(Label label) {
    shortReferences.add(new ShortReference(code.length(), label));
    code.put(0);
  }

  private void resolveShort() {
    for (ShortReference reference : shortReferences) {
      int distance = reference.label.position() - reference.position - 1;
      if (distance != (byte) distance) {
        throw new IllegalStateException("too far for a short jump: distance=" + distance);
      }
      code.set(reference.position, distance);
    }
    shortReferences.clear();
  }

  /** Writes all distances, once every label is bound. */
  void resolve() {
    resolveShort();
    byte[] bytes = code.toByteArray();
    for (Reference reference : references) {
      int displacement = 0;
      for (int i = Integer.BYTES - 1; i >= 0; i--) {
        displacement = displacement << 8 | bytes[reference.position + i] & 0xff;
      }
      code.setInt(reference.position, displacement + reference.label.position() - reference.end);
    }
    references.clear();
  }
}
