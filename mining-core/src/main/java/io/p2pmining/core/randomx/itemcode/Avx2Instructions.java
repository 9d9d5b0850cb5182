package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.x86.VectorOperation.PADDQ;
import static io.p2pmining.core.x86.VectorOperation.PAND;
import static io.p2pmining.core.x86.VectorOperation.PBROADCASTQ;
import static io.p2pmining.core.x86.VectorOperation.PCMPGTQ;
import static io.p2pmining.core.x86.VectorOperation.PMULUDQ;
import static io.p2pmining.core.x86.VectorOperation.POR;
import static io.p2pmining.core.x86.VectorOperation.PSLLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PSRLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PSUBQ;
import static io.p2pmining.core.x86.VectorOperation.PXOR;
import static io.p2pmining.core.x86.VectorRegister.ymm;

import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;

/**
 * Instructions of superscalar programs on four items, one in each lane of 256-bit registers. YMM0
 * to YMM4 are scratch; YMM5 and YMM6 hold what {@link #emitConstants} sets. YMM8 to YMM15 stand for
 * r0 to r7. Products of 64 bits are put together from those of 32 bits.
 */
record Avx2Instructions(Assembler asm, ConstantPool constants) {

  /** The machine instructions of the longest, ISMULH_R. */
  static final int MAX_COUNT = 20;

  private static final int FIRST_REGISTER = 8;
  private static final VectorRegister X_HIGH = ymm(0);
  private static final VectorRegister Y_HIGH = ymm(1);
  private static final VectorRegister LOW = ymm(2);
  private static final VectorRegister SUM = ymm(3);
  private static final VectorRegister CROSS = ymm(4);
  private static final VectorRegister LOW_HALVES = ymm(5);
  private static final VectorRegister ZERO = ymm(6);

  VectorRegister register(int number) {
    return ymm(FIRST_REGISTER + number);
  }

  /** Loads what no instruction changes. */
  void emitConstants() {
    asm.vector(PBROADCASTQ, LOW_HALVES, constants.of(0xffff_ffffL));
    asm.vector(PXOR, ZERO, ZERO, ZERO);
  }

  void emit(SuperscalarInstruction instruction) {
    VectorRegister dst = register(instruction.dst());
    VectorRegister src = register(instruction.src());
    switch (instruction.opcode()) {
      case ISUB_R -> asm.vector(PSUBQ, dst, dst, src);
      case IXOR_R -> asm.vector(PXOR, dst, dst, src);
      case IADD_RS -> addShifted(dst, src, instruction.shift());
      case IMUL_R -> multiply(dst, src);
      case IROR_C -> rotate(dst, (int) instruction.constant());
      case IADD_C7, IADD_C8, IADD_C9 -> withConstant(PADDQ, dst, instruction);
      case IXOR_C7, IXOR_C8, IXOR_C9 -> withConstant(PXOR, dst, instruction);
      case IMULH_R -> {
        multiplyHigh(dst, src);
        asm.vector(PADDQ, dst, LOW, SUM);
      }
      case ISMULH_R -> multiplyHighSigned(dst, src);
      case IMUL_RCP -> multiply(dst, instruction.constant());
    }
  }

  private void withConstant(
      VectorOperation op, VectorRegister dst, SuperscalarInstruction instruction) {
    asm.vector(PBROADCASTQ, CROSS, constants.of(instruction.constant()));
    asm.vector(op, dst, dst, CROSS);
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

  private void rotate(VectorRegister dst, int count) {
    asm.vectorShift(PSLLQ_IMMEDIATE, CROSS, dst, Long.SIZE - count);
    asm.vectorShift(PSRLQ_IMMEDIATE, dst, dst, count);
    asm.vector(POR, dst, dst, CROSS);
  }

  /** Multiplies by a constant. */
  void multiply(VectorRegister dst, long constant) {
    asm.vector(PBROADCASTQ, SUM, constants.of(constant));
    multiply(dst, SUM);
  }

  /** The low half of the product. */
  private void multiply(VectorRegister x, VectorRegister y) {
    asm.vectorShift(PSRLQ_IMMEDIATE, X_HIGH, x, Integer.SIZE);
    asm.vectorShift(PSRLQ_IMMEDIATE, Y_HIGH, y, Integer.SIZE);
    asm.vector(PMULUDQ, X_HIGH, X_HIGH, y);
    asm.vector(PMULUDQ, Y_HIGH, x, Y_HIGH);
    asm.vector(PMULUDQ, LOW, x, y);
    asm.vector(PADDQ, X_HIGH, X_HIGH, Y_HIGH);
    asm.vectorShift(PSLLQ_IMMEDIATE, X_HIGH, X_HIGH, Integer.SIZE);
    asm.vector(PADDQ, x, LOW, X_HIGH);
  }

  /** Leaves two numbers whose sum is the high half in {@code LOW} and {@code SUM}. */
  private void multiplyHigh(VectorRegister x, VectorRegister y) {
    asm.vectorShift(PSRLQ_IMMEDIATE, X_HIGH, x, Integer.SIZE);
    asm.vectorShift(PSRLQ_IMMEDIATE, Y_HIGH, y, Integer.SIZE);
    asm.vector(PMULUDQ, LOW, x, y);
    asm.vector(PMULUDQ, SUM, X_HIGH, y);
    asm.vector(PMULUDQ, CROSS, x, Y_HIGH);
    asm.vector(PMULUDQ, X_HIGH, X_HIGH, Y_HIGH);
    asm.vectorShift(PSRLQ_IMMEDIATE, LOW, LOW, Integer.SIZE);
    asm.vector(PADDQ, SUM, SUM, LOW);
    asm.vector(PAND, LOW, SUM, LOW_HALVES);
    asm.vectorShift(PSRLQ_IMMEDIATE, SUM, SUM, Integer.SIZE);
    asm.vector(PADDQ, LOW, LOW, CROSS);
    asm.vector(PADDQ, SUM, SUM, X_HIGH);
    asm.vectorShift(PSRLQ_IMMEDIATE, LOW, LOW, Integer.SIZE);
  }

  /** A negative factor is too large by 2⁶⁴ as an unsigned one, and so is the half by the other. */
  private void multiplyHighSigned(VectorRegister x, VectorRegister y) {
    multiplyHigh(x, y);
    asm.vector(PCMPGTQ, X_HIGH, ZERO, x);
    asm.vector(PCMPGTQ, Y_HIGH, ZERO, y);
    asm.vector(PAND, X_HIGH, X_HIGH, y);
    asm.vector(PAND, Y_HIGH, Y_HIGH, x);
    asm.vector(PSUBQ, SUM, SUM, X_HIGH);
    asm.vector(PSUBQ, SUM, SUM, Y_HIGH);
    asm.vector(PADDQ, x, LOW, SUM);
  }
}
