package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.IntelSyntax.hex;
import static io.p2pmining.core.x86.IntelSyntax.text;
import static io.p2pmining.core.x86.VectorRegister.Width.XMM;
import static io.p2pmining.core.x86.VectorRegister.Width.YMM;
import static io.p2pmining.core.x86.VectorRegister.Width.ZMM;

import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Every vector operation in every form and width that it claims. How many operands an operation
 * has, and of which size, is said here a second time, apart from the assembler's own table.
 */
final class VectorForms {

  /** What stands behind the mnemonic; {@code rm} is a register or a place in memory. */
  private enum Shape {
    /** {@code dst, rm}. */
    ONE,
    /** {@code dst, rm, immediate}. */
    ONE_IMMEDIATE,
    /** {@code dst, a, rm}. */
    TWO,
    /** {@code dst, a, rm, immediate}. */
    TWO_IMMEDIATE,
    /** {@code dst, memory}. */
    LOAD,
    /** {@code memory, src}. */
    STORE,
    /** {@code dst, src, immediate}. */
    SHIFT,
    /** {@code rm, src, immediate}. */
    EXTRACT
  }

  private static final int LEGACY_REGISTERS = 16;
  private static final int ALL_REGISTERS = 32;

  private final List<InstructionForm> forms = new ArrayList<>();

  private VectorForms() {}

  static List<InstructionForm> all() {
    VectorForms all = new VectorForms();
    for (VectorOperation op : VectorOperation.values()) {
      if (op.forms.legacy) {
        all.add(op + " legacy", o -> legacy(op, o));
      }
      for (Width width : widths(op)) {
        all.add(op + " " + width, o -> vector(op, width, o));
        if (op.forms.vex && op.forms.evex && hasNoImmediate(op)) {
          all.add(op + " " + width + " evex", o -> evex(op, width, o));
        }
        if (isMaskable(op)) {
          all.add(op + " " + width + " masked", o -> masked(op, width, o));
        }
        if (shape(op) == Shape.ONE_IMMEDIATE) {
          all.add(op + " " + width + " masked", o -> maskedImmediate(op, width, o));
        }
      }
      if (isRounding(op)) {
        all.add(op + " rounded", o -> rounded(op, o));
      }
    }
    all.add("movq to vector", VectorForms::movqToVector);
    all.add("movq from vector", VectorForms::movqFromVector);
    for (Width width : Width.values()) {
      all.add("broadcastq " + width, o -> broadcastq(width, o));
      all.add("movq2m " + width, o -> movq2m(width, o));
    }
    all.add("kmovb", VectorForms::kmovb);
    return List.copyOf(all.forms);
  }

  private void add(String name, Function<Operands, Instruction> maker) {
    forms.add(new InstructionForm(name, maker));
  }

  private static Instruction legacy(VectorOperation op, Operands o) {
    VectorRegister reg = o.vector(XMM, LEGACY_REGISTERS);
    String name = name(op) + " ";
    switch (shape(op)) {
      case STORE -> {
        Address dst = o.address(16);
        String text = name + text(dst, 16) + "," + text(reg);
        return Instruction.of(text, dst, asm -> asm.sse(op, dst, reg));
      }
      case SHIFT -> {
        int count = o.immediate8();
        String text = name + text(reg) + "," + hex(count);
        return Instruction.of(text, asm -> asm.sseShift(op, reg, count));
      }
      case ONE_IMMEDIATE, TWO_IMMEDIATE -> {
        Operand src = source(op, XMM, LEGACY_REGISTERS, o);
        int value = o.immediate8();
        String text = name + text(reg) + "," + text(src, sourceBytes(op, XMM)) + "," + hex(value);
        return Instruction.of(text, src, asm -> asm.sse(op, reg, src, value));
      }
      default -> {
        Operand src = source(op, XMM, LEGACY_REGISTERS, o);
        String text = name + text(reg) + "," + text(src, sourceBytes(op, XMM));
        return Instruction.of(text, src, asm -> asm.sse(op, reg, src));
      }
    }
  }

  private static Instruction vector(VectorOperation op, Width width, Operands o) {
    int count = op.forms.evex ? ALL_REGISTERS : LEGACY_REGISTERS;
    VectorRegister dst = o.vector(width, count);
    int bytes = sourceBytes(op, width);
    switch (shape(op)) {
      case ONE, LOAD -> {
        Operand src = shape(op) == Shape.LOAD ? o.address(bytes) : source(op, width, count, o);
        String text = name(op, dst, src) + text(dst) + "," + text(src, bytes);
        return Instruction.of(text, src, asm -> asm.vector(op, dst, src));
      }
      case ONE_IMMEDIATE -> {
        Operand src = source(op, width, count, o);
        int value = o.immediate8();
        String text = name(op, dst, src) + text(dst) + "," + text(src, bytes) + "," + hex(value);
        return Instruction.of(text, src, asm -> asm.vector(op, dst, src, value));
      }
      case TWO -> {
        VectorRegister a = o.vector(width, count);
        Operand b = source(op, width, count, o);
        String text = name(op, dst, a, b) + text(dst) + "," + text(a) + "," + text(b, bytes);
        return Instruction.of(text, b, asm -> asm.vector(op, dst, a, b));
      }
      case TWO_IMMEDIATE -> {
        VectorRegister a = o.vector(width, count);
        Operand b = source(op, width, count, o);
        int value = o.immediate8();
        String sources = text(a) + "," + text(b, bytes) + "," + hex(value);
        String text = name(op, dst, a, b) + text(dst) + "," + sources;
        return Instruction.of(text, b, asm -> asm.vector(op, dst, a, b, value));
      }
      case STORE -> {
        Address memory = o.address(bytes);
        String text = name(op, dst) + text(memory, bytes) + "," + text(dst);
        return Instruction.of(text, memory, asm -> asm.vector(op, memory, dst));
      }
      case SHIFT -> {
        VectorRegister src = o.vector(width, count);
        int value = o.immediate8();
        String text = name(op, dst, src) + text(dst) + "," + text(src) + "," + hex(value);
        return Instruction.of(text, asm -> asm.vectorShift(op, dst, src, value));
      }
      case EXTRACT -> {
        Operand part = source(op, width, count, o);
        int value = o.immediate8();
        String text = name(op, dst, part) + text(part, bytes) + "," + text(dst) + "," + hex(value);
        return Instruction.of(text, part, asm -> asm.extract(op, part, dst, value));
      }
    }
    throw new AssertionError(op);
  }

  private static Instruction evex(VectorOperation op, Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    String name = Instruction.EVEX_HINT + evexName(op) + " ";
    int bytes = sourceBytes(op, width);
    if (shape(op) == Shape.ONE) {
      Operand src = source(op, width, ALL_REGISTERS, o);
      String text = name + text(dst) + "," + text(src, bytes);
      return Instruction.of(text, src, asm -> asm.evex(op, dst, src));
    }
    VectorRegister a = o.vector(width, ALL_REGISTERS);
    Operand b = source(op, width, ALL_REGISTERS, o);
    String text = name + text(dst) + "," + text(a) + "," + text(b, bytes);
    return Instruction.of(text, b, asm -> asm.evex(op, dst, a, b));
  }

  private static Instruction masked(VectorOperation op, Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    int mask = 1 + o.immediate8() % 7;
    VectorRegister a = o.vector(width, ALL_REGISTERS);
    Operand b = source(op, width, ALL_REGISTERS, o);
    String sources = text(a) + "," + text(b, sourceBytes(op, width));
    String text = evexName(op) + " " + text(dst) + "{k" + mask + "}," + sources;
    return Instruction.of(text, b, asm -> asm.masked(op, dst, mask, a, b));
  }

  private static Instruction maskedImmediate(VectorOperation op, Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    int mask = 1 + o.immediate8() % 7;
    Operand src = source(op, width, ALL_REGISTERS, o);
    int value = o.immediate8();
    String operands = "{k" + mask + "}," + text(src, sourceBytes(op, width)) + "," + hex(value);
    String text = evexName(op) + " " + text(dst) + operands;
    return Instruction.of(text, src, asm -> asm.masked(op, dst, mask, src, value));
  }

  private static Instruction rounded(VectorOperation op, Operands o) {
    Width width = isScalar(op) ? XMM : ZMM;
    Rounding rounding = Rounding.values()[o.immediate8() & 3];
    String suffix =
        switch (rounding) {
          case NEAREST -> "{rn-sae}";
          case DOWN -> "{rd-sae}";
          case UP -> "{ru-sae}";
          case TOWARDS_ZERO -> "{rz-sae}";
        };
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    VectorRegister src = o.vector(width, ALL_REGISTERS);
    String text = evexName(op) + " " + text(dst) + "," + text(src);
    if (shape(op) == Shape.ONE) {
      return Instruction.of(text + suffix, asm -> asm.rounded(op, rounding, dst, src));
    }
    VectorRegister b = o.vector(width, ALL_REGISTERS);
    return Instruction.of(
        text + "," + text(b) + suffix, asm -> asm.rounded(op, rounding, dst, src, b));
  }

  private static Instruction movqToVector(Operands o) {
    VectorRegister dst = o.vector(XMM, LEGACY_REGISTERS);
    Gpr src = o.gpr();
    return Instruction.of("movq " + text(dst) + "," + text(src), asm -> asm.movq(dst, src));
  }

  private static Instruction movqFromVector(Operands o) {
    Gpr dst = o.gpr();
    VectorRegister src = o.vector(XMM, LEGACY_REGISTERS);
    return Instruction.of("movq " + text(dst) + "," + text(src), asm -> asm.movq(dst, src));
  }

  private static Instruction broadcastq(Width width, Operands o) {
    VectorRegister dst = o.vector(width, ALL_REGISTERS);
    Gpr src = o.gpr();
    return Instruction.of(
        "vpbroadcastq " + text(dst) + "," + text(src), asm -> asm.broadcastq(dst, src));
  }

  private static Instruction movq2m(Width width, Operands o) {
    int mask = o.immediate8() & 7;
    VectorRegister src = o.vector(width, ALL_REGISTERS);
    return Instruction.of("vpmovq2m k" + mask + "," + text(src), asm -> asm.movq2m(mask, src));
  }

  private static Instruction kmovb(Operands o) {
    int mask = o.immediate8() & 7;
    Gpr src = o.gpr();
    return Instruction.of(
        "kmovb k" + mask + "," + IntelSyntax.text32(src), asm -> asm.kmovb(mask, src));
  }

  private static Operand source(VectorOperation op, Width width, int count, Operands o) {
    return o.inMemory()
        ? o.address(sourceBytes(op, width))
        : o.vector(sourceWidth(op, width), count);
  }

  // What is true of each operation.

  private static Shape shape(VectorOperation op) {
    return switch (op) {
      case SQRTPD, CVTDQ2PD, MOVDDUP, MOVAPS, MOVUPS, MOVDQA, MOVDQU, PBROADCASTQ -> Shape.ONE;
      case PSHUFD, PERMQ_IMMEDIATE -> Shape.ONE_IMMEDIATE;
      case BROADCASTI128, BROADCASTI32X4 -> Shape.LOAD;
      case MOVAPS_STORE, MOVUPS_STORE, MOVDQA_STORE, MOVDQU_STORE, MOVNTDQ -> Shape.STORE;
      case EXTRACTI128, EXTRACTI64X2, EXTRACTI64X4 -> Shape.EXTRACT;
      case SHUFPD,
          PTERNLOGQ,
          PALIGNR,
          PBLENDW,
          PBLENDD,
          PERM2I128,
          SHUFI64X2,
          ALIGNQ,
          INSERTI128,
          INSERTI64X2,
          INSERTI64X4 ->
          Shape.TWO_IMMEDIATE;
      default -> op.name().endsWith("_IMMEDIATE") ? Shape.SHIFT : Shape.TWO;
    };
  }

  private static List<Width> widths(VectorOperation op) {
    if (isScalar(op)) {
      return List.of(XMM);
    }
    return switch (op) {
      case PERM2I128, BROADCASTI128, EXTRACTI128, INSERTI128 -> List.of(YMM);
      case PERMQ, PERMQ_IMMEDIATE, SHUFI64X2, BROADCASTI32X4, EXTRACTI64X2, INSERTI64X2 ->
          List.of(YMM, ZMM);
      case EXTRACTI64X4, INSERTI64X4 -> List.of(ZMM);
      default -> op.forms.evex ? List.of(XMM, YMM, ZMM) : List.of(XMM, YMM);
    };
  }

  /** The width of the operand that may lie in memory. */
  private static Width sourceWidth(VectorOperation op, Width width) {
    return switch (op) {
      case CVTDQ2PD -> width == ZMM ? YMM : XMM;
      case PBROADCASTQ, EXTRACTI128, EXTRACTI64X2, INSERTI128, INSERTI64X2 -> XMM;
      case EXTRACTI64X4, INSERTI64X4 -> YMM;
      default -> width;
    };
  }

  /** The size of the operand that may lie in memory. */
  private static int sourceBytes(VectorOperation op, Width width) {
    if (isScalar(op)) {
      return 8;
    }
    return switch (op) {
      case CVTDQ2PD -> width.bytes() / 2;
      case MOVDDUP -> width == XMM ? 8 : width.bytes();
      case PBROADCASTQ -> 8;
      case BROADCASTI128, BROADCASTI32X4 -> 16;
      default -> sourceWidth(op, width).bytes();
    };
  }

  private static boolean isScalar(VectorOperation op) {
    return op.name().endsWith("SD");
  }

  private static boolean isRounding(VectorOperation op) {
    return switch (op) {
      case ADDPD, SUBPD, MULPD, DIVPD, SQRTPD, ADDSD, SUBSD, MULSD, DIVSD, SQRTSD -> true;
      default -> false;
    };
  }

  private static boolean hasNoImmediate(VectorOperation op) {
    return shape(op) == Shape.ONE || shape(op) == Shape.TWO;
  }

  private static boolean isMaskable(VectorOperation op) {
    return shape(op) == Shape.TWO
        && op.forms.evex
        && op != VectorOperation.AESENC
        && op != VectorOperation.AESDEC;
  }

  private static String name(VectorOperation op) {
    String name = op.name().toLowerCase(Locale.ROOT);
    return name.replace("_store", "").replace("_immediate", "");
  }

  /** The mnemonic of the VEX or EVEX form, whichever these operands need. */
  private static String name(VectorOperation op, Operand... operands) {
    boolean evex = !op.forms.vex;
    for (Operand operand : operands) {
      if (operand instanceof VectorRegister register) {
        evex |= register.number() >= LEGACY_REGISTERS || register.width() == ZMM;
      }
    }
    return (evex ? evexName(op) : "v" + name(op)) + " ";
  }

  private static String evexName(VectorOperation op) {
    String suffix =
        switch (op) {
          case MOVDQA, MOVDQA_STORE, MOVDQU, MOVDQU_STORE -> "64";
          case PXOR, PAND, PANDN, POR -> "q";
          default -> "";
        };
    return "v" + name(op) + suffix;
  }
}
