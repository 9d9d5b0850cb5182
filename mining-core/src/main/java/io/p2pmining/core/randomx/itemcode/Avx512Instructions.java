package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.x86.VectorOperation.PADDQ;
import static io.p2pmining.core.x86.VectorOperation.PAND;
import static io.p2pmining.core.x86.VectorOperation.PMADD52HUQ;
import static io.p2pmining.core.x86.VectorOperation.PMADD52LUQ;
import static io.p2pmining.core.x86.VectorOperation.PMULDQ;
import static io.p2pmining.core.x86.VectorOperation.PMULLQ;
import static io.p2pmining.core.x86.VectorOperation.PMULUDQ;
import static io.p2pmining.core.x86.VectorOperation.PRORQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PSLLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PSRAQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PSRLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PSUBQ;
import static io.p2pmining.core.x86.VectorOperation.PXOR;
import static io.p2pmining.core.x86.VectorRegister.zmm;

import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;

/**
 * Instructions of superscalar programs on eight items, one in each lane of 512-bit registers. ZMM0
 * to ZMM4 are scratch.
 *
 * <p>There is no instruction for the high half of a product. With AVX512_IFMA operands are cut at
 * bit 52, {@code x = x₁·2⁵² + x₀}. Then, with {@code lo} and {@code hi} for the halves of 52 bits
 * that a product of two 52-bit numbers has,
 *
 * <pre>
 *   middle = hi(x₀·y₀) + lo(x₀·y₁) + lo(y₀·x₁)     counts from bit 52 on
 *   top    = hi(x₀·y₁) + hi(y₀·x₁) + x₁·y₁         counts from bit 104 on
 *   ⌊x·y / 2⁶⁴⌋ = ⌊middle / 2¹²⌋ + top·2⁴⁰         modulo 2⁶⁴
 * </pre>
 *
 * in which nothing is lost, as lo(x₀·y₀) carries nothing into bit 52. For signed numbers x₁ and y₁
 * are signed too; where one is negative, the low 52 bits that the processor multiplies by are 2⁵²
 * too large, and the other's x₀ or y₀ is subtracted from {@code top}. Without IFMA operands are cut
 * at bit 32.
 *
 * @param firstRegister the number of the vector register that stands for r0; r1 to r7 follow
 * @param ifma whether the processor has AVX512_IFMA
 */
record Avx512Instructions(Assembler asm, ConstantPool constants, int firstRegister, boolean ifma) {

  /** The machine instructions of the longest: ISMULH_R without IFMA. */
  static final int MAX_COUNT = 20;

  private static final VectorRegister X_TOP = zmm(0);
  private static final VectorRegister Y_TOP = zmm(1);
  private static final VectorRegister MIDDLE = zmm(2);
  private static final VectorRegister TOP = zmm(3);
  private static final VectorRegister CROSS = zmm(4);
  private static final int CUT = 52;
  private static final int SIGN = 63;

  VectorRegister register(int number) {
    return zmm(firstRegister + number);
  }

  void emit(SuperscalarInstruction instruction) {
    VectorRegister dst = register(instruction.dst());
    VectorRegister src = register(instruction.src());
    switch (instruction.opcode()) {
      case ISUB_R -> asm.vector(PSUBQ, dst, dst, src);
      case IXOR_R -> asm.vector(PXOR, dst, dst, src);
      case IADD_RS -> addShifted(dst, src, instruction.shift());
      case IMUL_R -> asm.vector(PMULLQ, dst, dst, src);
      case IROR_C -> asm.vectorShift(PRORQ_IMMEDIATE, dst, dst, (int) instruction.constant());
      case IADD_C7, IADD_C8, IADD_C9 -> withConstant(PADDQ, dst, instruction);
      case IXOR_C7, IXOR_C8, IXOR_C9 -> withConstant(PXOR, dst, instruction);
      case IMULH_R -> multiplyHigh(dst, src);
      case ISMULH_R -> multiplyHighSigned(dst, src);
      case IMUL_RCP -> withConstant(PMULLQ, dst, instruction);
    }
  }

  private void withConstant(
      VectorOperation op, VectorRegister dst, SuperscalarInstruction instruction) {
    asm.broadcast(op, dst, dst, constants.of(instruction.constant()));
  }

  /** Additions have more execution units than shifts. */
  private void addShifted(VectorRegister dst, VectorRegister src, int shift) {
    switch (shift) {
      case 0 -> asm.vector(PADDQ, dst, dst, src);
      case 1 -> {
        asm.vector(PADDQ, CROSS, src, src);
        asm.vector(PADDQ, dst, dst, CROSS);
      }
      default -> {
        asm.vectorShift(PSLLQ_IMMEDIATE, CROSS, src, shift);
        asm.vector(PADDQ, dst, dst, CROSS);
      }
    }
  }

  private void multiplyHigh(VectorRegister x, VectorRegister y) {
    if (ifma) {
      cutAt52(PSRLQ_IMMEDIATE, PMULUDQ, x, y);
      join(x);
    } else {
      multiplyCutAt32(x, y);
      asm.vector(PADDQ, x, MIDDLE, TOP);
    }
  }

  private void multiplyHighSigned(VectorRegister x, VectorRegister y) {
    if (ifma) {
      cutAt52(PSRAQ_IMMEDIATE, PMULDQ, x, y);
      // The low 52 bits of a sign are 2⁵² − 1, which multiplies by −1.
      emitSigns(x, y);
      asm.vector(PMADD52LUQ, TOP, y, X_TOP);
      asm.vector(PMADD52LUQ, TOP, x, Y_TOP);
      join(x);
    } else {
      multiplyCutAt32(x, y);
      emitSigns(x, y);
      asm.vector(PAND, X_TOP, X_TOP, y);
      asm.vector(PAND, Y_TOP, Y_TOP, x);
      asm.vector(PSUBQ, TOP, TOP, X_TOP);
      asm.vector(PSUBQ, TOP, TOP, Y_TOP);
      asm.vector(PADDQ, x, MIDDLE, TOP);
    }
  }

  private void emitSigns(VectorRegister x, VectorRegister y) {
    asm.vectorShift(PSRAQ_IMMEDIATE, X_TOP, x, SIGN);
    asm.vectorShift(PSRAQ_IMMEDIATE, Y_TOP, y, SIGN);
  }

  /** Leaves the sums of the parts in {@code MIDDLE} and {@code TOP}. */
  private void cutAt52(
      VectorOperation shift, VectorOperation multiply, VectorRegister x, VectorRegister y) {
    asm.vectorShift(shift, X_TOP, x, CUT);
    asm.vectorShift(shift, Y_TOP, y, CUT);
    asm.vector(PXOR, MIDDLE, MIDDLE, MIDDLE);
    asm.vector(PMADD52HUQ, MIDDLE, x, y);
    asm.vector(multiply, TOP, X_TOP, Y_TOP);
    asm.vector(PMADD52LUQ, MIDDLE, x, Y_TOP);
    asm.vector(PMADD52HUQ, TOP, x, Y_TOP);
    asm.vector(PMADD52LUQ, MIDDLE, y, X_TOP);
    asm.vector(PMADD52HUQ, TOP, y, X_TOP);
  }

  private void join(VectorRegister dst) {
    asm.vectorShift(PSRLQ_IMMEDIATE, MIDDLE, MIDDLE, Long.SIZE - CUT);
    asm.vectorShift(PSLLQ_IMMEDIATE, TOP, TOP, 2 * CUT - Long.SIZE);
    asm.vector(PADDQ, dst, MIDDLE, TOP);
  }

  /** Leaves two numbers whose sum is the high half in {@code MIDDLE} and {@code TOP}. */
  private void multiplyCutAt32(VectorRegister x, VectorRegister y) {
    asm.vectorShift(PSRLQ_IMMEDIATE, X_TOP, x, Integer.SIZE);
    asm.vectorShift(PSRLQ_IMMEDIATE, Y_TOP, y, Integer.SIZE);
    asm.vector(PMULUDQ, MIDDLE, x, y);
    asm.vector(PMULUDQ, TOP, X_TOP, y);
    asm.vector(PMULUDQ, CROSS, x, Y_TOP);
    asm.vector(PMULUDQ, X_TOP, X_TOP, Y_TOP);
    asm.vectorShift(PSRLQ_IMMEDIATE, MIDDLE, MIDDLE, Integer.SIZE);
    asm.vector(PADDQ, TOP, TOP, MIDDLE);
    asm.broadcast(PAND, MIDDLE, TOP, constants.of(0xffff_ffffL));
    asm.vectorShift(PSRLQ_IMMEDIATE, TOP, TOP, Integer.SIZE);
    asm.vector(PADDQ, MIDDLE, CROSS, MIDDLE);
    asm.vector(PADDQ, TOP, TOP, X_TOP);
    asm.vectorShift(PSRLQ_IMMEDIATE, MIDDLE, MIDDLE, Integer.SIZE);
  }
}
