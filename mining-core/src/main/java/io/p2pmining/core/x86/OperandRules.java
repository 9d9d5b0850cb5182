package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorOperation.Map;
import io.p2pmining.core.x86.VectorOperation.Prefix;
import io.p2pmining.core.x86.VectorOperation.Tuple;
import io.p2pmining.core.x86.VectorRegister.Width;

/**
 * Which operands each vector operation takes. Asked before anything is written: a mistake shows
 * where it is made, not as an illegal instruction or another register than was meant.
 */
final class OperandRules {

  /** The operands beside an immediate, in the order of Intel's syntax. */
  enum Shape {
    /** {@code register, register or memory}. */
    ONE_SOURCE,
    /** {@code register, register, register or memory}. */
    TWO_SOURCES,
    /** {@code memory, register}. */
    STORE,
    /** {@code register or memory, register}. */
    EXTRACTION,
    /** {@code register, register}; the count is an immediate. */
    SHIFT
  }

  private static final int MASKS = 8;

  private OperandRules() {}

  /** Operands of a legacy form, of which only 16 registers of 128 bits can be named. */
  static void requireLegacy(
      VectorOperation op, Shape shape, VectorRegister reg, Operand rm, int immediates) {
    require(op.forms.legacy, "no legacy form", op, reg);
    boolean sameShape = shape(op) == shape;
    boolean destinationIsSource = shape == Shape.ONE_SOURCE && shape(op) == Shape.TWO_SOURCES;
    require(sameShape || destinationIsSource, "not this many operands", op, reg);
    require(
        isLegacy(reg) && (!(rm instanceof VectorRegister v) || isLegacy(v)),
        "no legacy register",
        op,
        reg);
    requireOperands(op, reg, rm, immediates);
  }

  /** Operands of a VEX or EVEX form. */
  static void require(
      VectorOperation op, Shape shape, VectorRegister reg, Operand rm, int immediates) {
    require(shape(op) == shape, "not this many operands", op, reg);
    requireOperands(op, reg, rm, immediates);
  }

  /** The first source of two, which has the width of the destination. */
  static void requireSameWidth(VectorOperation op, VectorRegister dst, VectorRegister a) {
    require(dst.width() == a.width(), "sources of another width than the destination", op, dst);
  }

  /** An operation that rounds in a mode of its own: of scalars, or of whole registers. */
  static void requireRounding(VectorOperation op, VectorRegister dst, Operand src) {
    boolean wide = dst.width() == (isScalar(op) ? Width.XMM : Width.ZMM);
    require(rounds(op) && wide && src instanceof VectorRegister, "no rounding of its own", op, dst);
  }

  /** An operation that changes only some lanes. */
  static void requireMaskable(VectorOperation op, int mask, VectorRegister dst) {
    boolean aes = op == VectorOperation.AESENC || op == VectorOperation.AESDEC;
    require(op.forms.evex && !aes, "no masks", op, dst);
    if (mask == 0) {
      throw new IllegalArgumentException("mask=0 means all lanes: op=" + op);
    }
    requireMask(mask);
  }

  /** An operation on 64-bit lanes that takes one word of memory for all of them. */
  static void requireBroadcastable(VectorOperation op, VectorRegister dst) {
    boolean words = op.forms.evex && op.evexW == 1 && op.tuple == Tuple.FULL;
    require(words && !isScalar(op), "no broadcast of a word", op, dst);
  }

  /** The number of a mask register. */
  static void requireMask(int mask) {
    if (mask < 0 || mask >= MASKS) {
      throw new IllegalArgumentException("mask=" + mask + ", must be 0 to 7");
    }
  }

  /** A register that a form without EVEX can name. */
  static void requireLow(VectorRegister register) {
    if (!isLegacy(register)) {
      throw new IllegalArgumentException("no legacy register: register=" + register);
    }
  }

  private static void requireOperands(
      VectorOperation op, VectorRegister reg, Operand rm, int immediates) {
    require((immediates == 1) == takesImmediate(op), "one immediate too many or too few", op, reg);
    require(hasWidth(op, reg.width()), "no form of this width", op, reg);
    boolean fits =
        switch (rm) {
          case Address _ -> shape(op) != Shape.SHIFT;
          case Gpr _ -> false;
          case VectorRegister register ->
              shape(op) != Shape.STORE
                  && !readsMemoryOnly(op)
                  && register.width() == op.tuple.registerWidth(reg.width());
        };
    if (!fits) {
      throw new IllegalArgumentException(
          "no such operand: op=" + op + ", register=" + reg + ", operand=" + rm);
    }
  }

  static Shape shape(VectorOperation op) {
    if (op.isShiftByImmediate()) {
      return Shape.SHIFT;
    }
    return switch (op) {
      case SQRTPD, CVTDQ2PD, MOVDDUP, MOVAPS, MOVUPS, MOVDQA, MOVDQU -> Shape.ONE_SOURCE;
      case PSHUFD, PERMQ_IMMEDIATE -> Shape.ONE_SOURCE;
      case PBROADCASTQ, BROADCASTI128, BROADCASTI32X4 -> Shape.ONE_SOURCE;
      case MOVAPS_STORE, MOVUPS_STORE, MOVDQA_STORE, MOVDQU_STORE, MOVNTDQ -> Shape.STORE;
      case EXTRACTI128, EXTRACTI64X2, EXTRACTI64X4 -> Shape.EXTRACTION;
      default -> Shape.TWO_SOURCES;
    };
  }

  private static boolean takesImmediate(VectorOperation op) {
    return op.map == Map.M0F3A
        || op.isShiftByImmediate()
        || op == VectorOperation.PSHUFD
        || op == VectorOperation.SHUFPD;
  }

  private static boolean hasWidth(VectorOperation op, Width width) {
    return switch (op) {
      case PERM2I128, BROADCASTI128, EXTRACTI128, INSERTI128 -> width == Width.YMM;
      case PERMQ, PERMQ_IMMEDIATE, SHUFI64X2 -> width != Width.XMM;
      case BROADCASTI32X4, EXTRACTI64X2, INSERTI64X2 -> width != Width.XMM;
      case EXTRACTI64X4, INSERTI64X4 -> width == Width.ZMM;
      default -> isScalar(op) ? width == Width.XMM : width != Width.ZMM || op.forms.evex;
    };
  }

  private static boolean isScalar(VectorOperation op) {
    return op.prefix == Prefix.PF2 && op.tuple == Tuple.QUADWORD;
  }

  private static boolean rounds(VectorOperation op) {
    return switch (op) {
      case ADDPD, SUBPD, MULPD, DIVPD, SQRTPD -> true;
      case ADDSD, SUBSD, MULSD, DIVSD, SQRTSD -> true;
      default -> false;
    };
  }

  private static boolean readsMemoryOnly(VectorOperation op) {
    return op == VectorOperation.BROADCASTI128 || op == VectorOperation.BROADCASTI32X4;
  }

  private static boolean isLegacy(VectorRegister register) {
    return register.number() < 16 && register.width() == Width.XMM;
  }

  private static void require(
      boolean holds, String otherwise, VectorOperation op, VectorRegister register) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise + ": op=" + op + ", register=" + register);
    }
  }
}
