package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.x86.VectorOperation.CVTDQ2PD;
import static io.p2pmining.core.x86.VectorOperation.MOVAPS;
import static io.p2pmining.core.x86.VectorOperation.MOVAPS_STORE;
import static io.p2pmining.core.x86.VectorOperation.PTERNLOGQ;
import static io.p2pmining.core.x86.VectorOperation.SHUFPD;
import static io.p2pmining.core.x86.VectorOperation.SQRTPD;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;

/**
 * Floating point with AVX-512. Instructions that round are written in their 128-bit EVEX form,
 * which obeys MXCSR, and that stays as Java has it: nearest. The same bytes with other bits in the
 * last byte of the prefix are the 512-bit form that rounds in a mode of its own (see {@link
 * ProgramEncoder}), so code for the four modes has one layout, and the most frequent mode the
 * cheapest form.
 */
record EmbeddedFloatCode() implements FloatCode {

  /** Truth table of (a AND c) OR b. */
  private static final int KEEP_AND_SET = 0xEC;

  @Override
  public boolean embedsRounding() {
    return true;
  }

  @Override
  public void compute(Assembler asm, VectorOperation op, VectorRegister dst, VectorRegister src) {
    asm.evex(op, dst, dst, src);
  }

  @Override
  public void squareRoot(Assembler asm, VectorRegister dst) {
    asm.evex(SQRTPD, dst, dst);
  }

  @Override
  public void convert(Assembler asm, VectorRegister dst, Address src) {
    asm.vector(CVTDQ2PD, dst, src);
  }

  @Override
  public void bitwise(Assembler asm, VectorOperation op, VectorRegister dst, VectorRegister src) {
    asm.vector(op, dst, dst, src);
  }

  @Override
  public void toGroupE(Assembler asm, VectorRegister register) {
    asm.vector(PTERNLOGQ, register, FloatCode.set(), FloatCode.kept(), KEEP_AND_SET);
  }

  @Override
  public void swap(Assembler asm, VectorRegister register) {
    asm.vector(SHUFPD, register, register, register, 1);
  }

  @Override
  public void load(Assembler asm, VectorRegister dst, Address src) {
    asm.vector(MOVAPS, dst, src);
  }

  @Override
  public void store(Assembler asm, Address dst, VectorRegister src) {
    asm.vector(MOVAPS_STORE, dst, src);
  }

  @Override
  public void aes(Assembler asm, VectorOperation op, VectorRegister state, VectorRegister key) {
    asm.vector(op, state, state, key);
  }
}
