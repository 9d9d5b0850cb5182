package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.randomx.compiler.RegisterMap.E_KEPT;
import static io.p2pmining.core.randomx.compiler.RegisterMap.E_SET;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;

/**
 * How floating point is computed, and where its rounding mode comes from. Immutable.
 *
 * <p>Writing MXCSR drains the processor's pipeline, which costs the more the more work is in
 * flight. With AVX-512 an instruction can carry its rounding mode, but only in forms that work on
 * whole 512-bit registers; the upper lanes then compute on nothing.
 */
sealed interface FloatCode permits SseFloatCode, EmbeddedFloatCode {

  /** Whether instructions carry their rounding mode, so that MXCSR is never written. */
  boolean embedsRounding();

  /** {@code dst = dst op src}; the one instruction in it that rounds comes last. */
  void compute(Assembler asm, VectorOperation op, VectorRegister dst, VectorRegister src);

  /** {@code dst = √dst}. */
  void squareRoot(Assembler asm, VectorRegister dst);

  /** Two 32-bit integers in memory, as doubles. */
  void convert(Assembler asm, VectorRegister dst, Address src);

  /** {@code dst = dst op src}, bit by bit; never rounds. */
  void bitwise(Assembler asm, VectorOperation op, VectorRegister dst, VectorRegister src);

  /** Makes a converted pair a value of group E: keeps some bits and sets others (section 4.3.2). */
  void toGroupE(Assembler asm, VectorRegister register);

  /** Swaps the halves. */
  void swap(Assembler asm, VectorRegister register);

  /** Loads 16 bytes from an aligned place. */
  void load(Assembler asm, VectorRegister dst, Address src);

  /** Stores 16 bytes to an aligned place. */
  void store(Assembler asm, Address dst, VectorRegister src);

  /** One round of AES on {@code state} under {@code key}. */
  void aes(Assembler asm, VectorOperation op, VectorRegister state, VectorRegister key);

  /** The code for a processor. */
  static FloatCode of(boolean avx512) {
    return avx512 ? new EmbeddedFloatCode() : new SseFloatCode();
  }

  /** The registers that {@link #toGroupE} takes its bits from. */
  static VectorRegister kept() {
    return E_KEPT;
  }

  /** The registers that {@link #toGroupE} takes its bits from. */
  static VectorRegister set() {
    return E_SET;
  }
}
