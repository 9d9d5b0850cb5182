package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorOperation.Map;
import java.util.ArrayList;
import java.util.List;

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

  private final CodeBuffer code;
  private final List<Reference> references = new ArrayList<>();

  Encoder(CodeBuffer code) {
    this.code = code;
  }

  /**
   * A general-purpose instruction.
   *
   * @param wide whether operands have 64 bits
   * @param escape whether the opcode stands behind 0F
   * @param reg the register number or opcode digit of the reg field
   * @param trailing how many bytes of immediate follow
   */
  void general(boolean wide, boolean escape, int opcode, int reg, Operand rm, int trailing) {
    rex(wide, reg, rm);
    if (escape) {
      code.put(ESCAPE);
    }
    code.put(opcode);
    operand(reg, rm, 1, trailing);
  }

  /** A vector instruction in its legacy form. */
  void legacy(VectorOperation op, boolean wide, int reg, Operand rm, int trailing) {
    if (op.prefix.legacy != 0) {
      code.put(op.prefix.legacy);
    }
    rex(wide, reg, rm);
    code.put(ESCAPE);
    if (op.map == Map.M0F38) {
      code.put(ESCAPE_38);
    } else if (op.map == Map.M0F3A) {
      code.put(ESCAPE_3A);
    }
    code.put(op.opcode);
    operand(reg, rm, 1, trailing);
  }

  /** A vector instruction in its VEX form; {@code vvvv} is 0 for instructions without it. */
  void vex(VectorOperation op, int reg, int vvvv, boolean wide256, Operand rm, int trailing) {
    vex(op.map.ordinal() + 1, op.prefix.ordinal(), op.vexW, reg, vvvv, wide256, rm);
    code.put(op.opcode);
    operand(reg, rm, 1, trailing);
  }

  /** A VEX prefix. */
  void vex(int map, int prefix, int w, int reg, int vvvv, boolean wide256, Operand rm) {
    int r = ~reg >>> 3 & 1;
    int x = ~extension(rm, true) & 1;
    int b = ~extension(rm, false) & 1;
    int tail = (~vvvv & 15) << 3 | (wide256 ? 4 : 0) | prefix;
    if (x == 1 && b == 1 && w == 0 && map == 1) {
      code.put(VEX_2);
      code.put(r << 7 | tail);
    } else {
      code.put(VEX_3);
      code.put(r << 7 | x << 6 | b << 5 | map);
      code.put(w << 7 | tail);
    }
  }

  /** The rest of a VEX instruction of general-purpose registers. */
  void opcodeAndOperand(int opcode, int reg, Operand rm, int trailing) {
    code.put(opcode);
    operand(reg, rm, 1, trailing);
  }

  /**
   * A vector instruction in its EVEX form.
   *
   * @param lengthBits the vector length, or the rounding mode if {@code embedded}
   * @param mask the number of the mask register, 0 for none
   */
  void evex(
      VectorOperation op,
      int reg,
      int vvvv,
      int lengthBits,
      boolean embedded,
      int mask,
      boolean zeroing,
      Operand rm,
      int disp8Scale,
      int trailing) {
    int r = ~reg >>> 3 & 1;
    int r2 = ~reg >>> 4 & 1;
    int x = ~extension(rm, true) & 1;
    int b = ~extension(rm, false) & 1;
    code.put(EVEX);
    code.put(r << 7 | x << 6 | b << 5 | r2 << 4 | op.map.ordinal() + 1);
    code.put(op.evexW << 7 | (~vvvv & 15) << 3 | 4 | op.prefix.ordinal());
    code.put(
        (zeroing ? 0x80 : 0)
            | lengthBits << 5
            | (embedded ? 0x10 : 0)
            | (~vvvv >>> 4 & 1) << 3
            | mask);
    code.put(op.opcode);
    operand(reg, rm, disp8Scale, trailing);
  }

  private void rex(boolean wide, int reg, Operand rm) {
    int rex =
        (wide ? 8 : 0)
            | (reg >>> 3 & 1) << 2
            | (extension(rm, true) & 1) << 1
            | extension(rm, false) & 1;
    if (rex != 0) {
      code.put(0x40 | rex);
    }
  }

  /** The register bits beyond the lowest three, as prefixes X (index) and B (base or register). */
  private static int extension(Operand rm, boolean x) {
    return switch (rm) {
      case Gpr register -> x ? 0 : register.number() >>> 3;
      case VectorRegister register -> x ? register.number() >>> 4 : register.number() >>> 3;
      case Address address -> {
        Gpr part = x ? address.index() : address.base();
        yield part == null ? 0 : part.number() >>> 3;
      }
    };
  }

  private void operand(int reg, Operand rm, int disp8Scale, int trailing) {
    int field = (reg & 7) << 3;
    switch (rm) {
      case Gpr register -> code.put(0xC0 | field | register.number() & 7);
      case VectorRegister register -> code.put(0xC0 | field | register.number() & 7);
      case Address address -> memory(field, address, disp8Scale, trailing);
    }
  }

  private void memory(int field, Address address, int disp8Scale, int trailing) {
    Label label = address.label();
    Gpr base = address.base();
    if (label != null) {
      code.put(field | RIP_RELATIVE);
      reference(label, address.displacement(), trailing);
    } else if (base != null) {
      based(field, address, base, disp8Scale);
    }
  }

  private void based(int field, Address address, Gpr base, int disp8Scale) {
    int displacement = address.displacement();
    boolean scaled = displacement % disp8Scale == 0;
    int compressed = displacement / disp8Scale;
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

  /** Writes all distances, once every label is bound. */
  void resolve() {
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
