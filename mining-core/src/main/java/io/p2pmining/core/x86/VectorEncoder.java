package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.VectorRegister.Width.YMM;
import static io.p2pmining.core.x86.VectorRegister.Width.ZMM;

import io.p2pmining.core.x86.OperandRules.Shape;

/**
 * Vector instructions without their immediates: looks at the operands and takes the encoding that
 * can say them, VEX rather than EVEX. Belongs to one thread.
 *
 * <p>{@code immediates} counts the bytes of immediate that the caller writes behind, 0 or 1.
 */
final class VectorEncoder {

  /** In the place of a source: the instruction has none there. */
  private static final int NO_REGISTER = 0;

  private static final int VEX_REGISTERS = 16;

  private final Encoder encoder;

  VectorEncoder(Encoder encoder) {
    this.encoder = encoder;
  }

  void legacy(VectorOperation op, VectorRegister dst, Operand src, int immediates) {
    OperandRules.requireLegacy(op, Shape.ONE_SOURCE, dst, src, immediates);
    encoder.legacy(op, dst.number(), src, immediates);
  }

  void legacyStore(VectorOperation op, Address dst, VectorRegister src) {
    OperandRules.requireLegacy(op, Shape.STORE, src, dst, 0);
    encoder.legacy(op, src.number(), dst, 0);
  }

  void legacyShift(VectorOperation op, VectorRegister register) {
    OperandRules.requireLegacy(op, Shape.SHIFT, register, register, 1);
    encoder.legacy(op, op.digit, register, 1);
  }

  void oneSource(VectorOperation op, VectorRegister dst, Operand src, int immediates) {
    OperandRules.require(op, Shape.ONE_SOURCE, dst, src, immediates);
    shortest(op, dst, NO_REGISTER, src, immediates);
  }

  void twoSources(
      VectorOperation op, VectorRegister dst, VectorRegister a, Operand b, int immediates) {
    OperandRules.require(op, Shape.TWO_SOURCES, dst, b, immediates);
    OperandRules.requireSameWidth(op, dst, a);
    shortest(op, dst, a.number(), b, immediates);
  }

  void store(VectorOperation op, Address dst, VectorRegister src) {
    OperandRules.require(op, Shape.STORE, src, dst, 0);
    shortest(op, src, NO_REGISTER, dst, 0);
  }

  void extract(VectorOperation op, Operand dst, VectorRegister src) {
    OperandRules.require(op, Shape.EXTRACTION, src, dst, 1);
    shortest(op, src, NO_REGISTER, dst, 1);
  }

  void shift(VectorOperation op, VectorRegister dst, VectorRegister src) {
    OperandRules.require(op, Shape.SHIFT, dst, src, 1);
    if (op.forms.vex && fitsVex(dst) && fitsVex(src)) {
      encoder.vex(op, op.digit, dst.number(), dst.width() == YMM, src, 1);
    } else {
      encoder.evex(op, op.digit, dst.number(), Evex.length(dst.width()), src, 1, 1);
    }
  }

  void evexOneSource(VectorOperation op, VectorRegister dst, Operand src) {
    OperandRules.require(op, Shape.ONE_SOURCE, dst, src, 0);
    evex(op, dst, NO_REGISTER, Evex.length(dst.width()), src, 0);
  }

  void evexTwoSources(VectorOperation op, VectorRegister dst, VectorRegister a, Operand b) {
    OperandRules.require(op, Shape.TWO_SOURCES, dst, b, 0);
    OperandRules.requireSameWidth(op, dst, a);
    evex(op, dst, a.number(), Evex.length(dst.width()), b, 0);
  }

  void maskedOneSource(
      VectorOperation op, VectorRegister dst, int mask, Operand src, int immediates) {
    OperandRules.require(op, Shape.ONE_SOURCE, dst, src, immediates);
    OperandRules.requireMaskable(op, mask, dst);
    evex(op, dst, NO_REGISTER, Evex.length(dst.width()) | mask, src, immediates);
  }

  void maskedTwoSources(
      VectorOperation op, VectorRegister dst, int mask, VectorRegister a, Operand b) {
    OperandRules.require(op, Shape.TWO_SOURCES, dst, b, 0);
    OperandRules.requireSameWidth(op, dst, a);
    OperandRules.requireMaskable(op, mask, dst);
    evex(op, dst, a.number(), Evex.length(dst.width()) | mask, b, 0);
  }

  void broadcastTwoSources(VectorOperation op, VectorRegister dst, VectorRegister a, Address word) {
    OperandRules.require(op, Shape.TWO_SOURCES, dst, word, 0);
    OperandRules.requireSameWidth(op, dst, a);
    OperandRules.requireBroadcastable(op, dst);
    int control = Evex.broadcast(dst.width());
    encoder.evex(op, dst.number(), a.number(), control, word, Long.BYTES, 0);
  }

  void roundedOneSource(VectorOperation op, Rounding rounding, VectorRegister dst, Operand src) {
    OperandRules.require(op, Shape.ONE_SOURCE, dst, src, 0);
    OperandRules.requireRounding(op, dst, src);
    evex(op, dst, NO_REGISTER, Evex.rounding(rounding), src, 0);
  }

  void roundedTwoSources(
      VectorOperation op, Rounding rounding, VectorRegister dst, VectorRegister a, Operand b) {
    OperandRules.require(op, Shape.TWO_SOURCES, dst, b, 0);
    OperandRules.requireSameWidth(op, dst, a);
    OperandRules.requireRounding(op, dst, b);
    evex(op, dst, a.number(), Evex.rounding(rounding), b, 0);
  }

  private void shortest(VectorOperation op, VectorRegister reg, int a, Operand rm, int immediates) {
    boolean vex = fitsVex(reg) && a < VEX_REGISTERS && fitsVex(rm);
    if (op.forms.vex && vex) {
      encoder.vex(op, reg.number(), a, reg.width() == YMM, rm, immediates);
    } else {
      evex(op, reg, a, Evex.length(reg.width()), rm, immediates);
    }
  }

  private void evex(
      VectorOperation op, VectorRegister reg, int a, int control, Operand rm, int immediates) {
    if (!op.forms.evex) {
      throw new IllegalArgumentException("no EVEX form: op=" + op + ", register=" + reg);
    }
    int displacementUnit = op.tuple.bytes(reg.width());
    encoder.evex(op, reg.number(), a, control, rm, displacementUnit, immediates);
  }

  private static boolean fitsVex(Operand operand) {
    return !(operand instanceof VectorRegister register)
        || (register.number() < VEX_REGISTERS && register.width() != ZMM);
  }
}
