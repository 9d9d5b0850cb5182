package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.VectorRegister.Width.XMM;
import static io.p2pmining.core.x86.VectorRegister.Width.YMM;
import static io.p2pmining.core.x86.VectorRegister.Width.ZMM;

import io.p2pmining.core.x86.VectorRegister.Width;
import java.util.List;
import java.util.Locale;

/**
 * How vector operations are called, and how many operands they have of which size: said here a
 * second time, apart from the assembler's own table.
 */
final class VectorSyntax {

  /** What stands behind the mnemonic; {@code rm} is a register or a place in memory. */
  enum Shape {
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

  private VectorSyntax() {}

  static Shape shape(VectorOperation op) {
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

  static List<Width> widths(VectorOperation op) {
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
  static Width sourceWidth(VectorOperation op, Width width) {
    return switch (op) {
      case CVTDQ2PD -> width == ZMM ? YMM : XMM;
      case PBROADCASTQ, EXTRACTI128, EXTRACTI64X2, INSERTI128, INSERTI64X2 -> XMM;
      case EXTRACTI64X4, INSERTI64X4 -> YMM;
      default -> width;
    };
  }

  /** The size of the operand that may lie in memory. */
  static int sourceBytes(VectorOperation op, Width width) {
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

  static boolean isScalar(VectorOperation op) {
    return op.name().endsWith("SD");
  }

  static boolean isRounding(VectorOperation op) {
    return switch (op) {
      case ADDPD, SUBPD, MULPD, DIVPD, SQRTPD, ADDSD, SUBSD, MULSD, DIVSD, SQRTSD -> true;
      default -> false;
    };
  }

  static boolean hasNoImmediate(VectorOperation op) {
    return shape(op) == Shape.ONE || shape(op) == Shape.TWO;
  }

  /** Whether the second source may be a word in memory that stands for every lane. */
  static boolean takesOneWordForAllLanes(VectorOperation op) {
    return switch (op) {
      case PADDD, PSHUFB, PUNPCKLDQ, PUNPCKHDQ, ANDPS, ORPS, XORPS, AESENC, AESDEC -> false;
      default -> shape(op) == Shape.TWO && op.forms.evex && !isScalar(op);
    };
  }

  static boolean isMaskable(VectorOperation op) {
    return shape(op) == Shape.TWO
        && op.forms.evex
        && op != VectorOperation.AESENC
        && op != VectorOperation.AESDEC;
  }

  static String name(VectorOperation op) {
    String name = op.name().toLowerCase(Locale.ROOT);
    return name.replace("_store", "").replace("_immediate", "");
  }

  /** The mnemonic of the VEX or EVEX form, whichever these operands need. */
  static String name(VectorOperation op, Operand... operands) {
    boolean evex = !op.forms.vex;
    for (Operand operand : operands) {
      if (operand instanceof VectorRegister register) {
        evex |= register.number() >= LEGACY_REGISTERS || register.width() == ZMM;
      }
    }
    return (evex ? evexName(op) : "v" + name(op)) + " ";
  }

  static String evexName(VectorOperation op) {
    String suffix =
        switch (op) {
          case MOVDQA, MOVDQA_STORE, MOVDQU, MOVDQU_STORE -> "64";
          case PXOR, PAND, PANDN, POR -> "q";
          default -> "";
        };
    return "v" + name(op) + suffix;
  }
}
