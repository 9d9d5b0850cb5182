package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.x86.VectorOperation.ANDPS;
import static io.p2pmining.core.x86.VectorOperation.CVTDQ2PD;
import static io.p2pmining.core.x86.VectorOperation.MOVAPS;
import static io.p2pmining.core.x86.VectorOperation.MOVAPS_STORE;
import static io.p2pmining.core.x86.VectorOperation.ORPS;
import static io.p2pmining.core.x86.VectorOperation.SHUFPD;
import static io.p2pmining.core.x86.VectorOperation.SQRTPD;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;

/** Floating point as every x86-64 processor has it; the rounding mode is in MXCSR. */
record SseFloatCode() implements FloatCode {

  @Override
  public boolean embedsRounding() {
    return false;
  }

  @Override
  public void compute(Assembler asm, VectorOperation op, VectorRegister dst, VectorRegister src) {
    asm.sse(op, dst, src);
  }

  @Override
  public void squareRoot(Assembler asm, VectorRegister dst) {
    asm.sse(SQRTPD, dst, dst);
  }

  @Override
  public void convert(Assembler asm, VectorRegister dst, Address src) {
    asm.sse(CVTDQ2PD, dst, src);
  }

  @Override
  public void bitwise(Assembler asm, VectorOperation op, VectorRegister dst, VectorRegister src) {
    asm.sse(op, dst, src);
  }

  @Override
  public void toGroupE(Assembler asm, VectorRegister register) {
    asm.sse(ANDPS, register, FloatCode.kept());
    asm.sse(ORPS, register, FloatCode.set());
  }

  @Override
  public void swap(Assembler asm, VectorRegister register) {
    asm.sse(SHUFPD, register, register, 1);
  }

  @Override
  public void load(Assembler asm, VectorRegister dst, Address src) {
    asm.sse(MOVAPS, dst, src);
  }

  @Override
  public void store(Assembler asm, Address dst, VectorRegister src) {
    asm.sse(MOVAPS_STORE, dst, src);
  }

  @Override
  public void aes(Assembler asm, VectorOperation op, VectorRegister state, VectorRegister key) {
    asm.sse(op, state, key);
  }
}
