package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA_STORE;
import static io.p2pmining.core.x86.VectorOperation.PADDQ;
import static io.p2pmining.core.x86.VectorOperation.PMULUDQ;
import static io.p2pmining.core.x86.VectorOperation.PSHUFD;
import static io.p2pmining.core.x86.VectorOperation.PSLLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PSRLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PXOR;
import static io.p2pmining.core.x86.VectorOperation.SHUFPD;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Operand;
import io.p2pmining.core.x86.VectorRegister;

/** The steps on registers of one piece, in instructions that every x86-64 has. */
record Argon2Sse2(Assembler asm) implements Argon2Vectors {

  /** Exchanges the halves of words. */
  private static final int HALVES = 0xB1;

  /** The upper word of the first source and the lower one of the second. */
  private static final int UPPER_AND_LOWER = 1;

  @Override
  public int pieces() {
    return 1;
  }

  @Override
  public int registerCount() {
    return 16;
  }

  @Override
  public VectorRegister register(int number) {
    return VectorRegister.xmm(number);
  }

  @Override
  public void emitConstants() {}

  @Override
  public void emitExit() {}

  @Override
  public void emitData() {}

  @Override
  public void load(VectorRegister dst, Address src) {
    asm.sse(MOVDQA, dst, src);
  }

  @Override
  public void store(Address dst, VectorRegister src) {
    asm.sse(MOVDQA_STORE, dst, src);
  }

  @Override
  public void xor(VectorRegister dst, Operand src) {
    asm.sse(PXOR, dst, src);
  }

  @Override
  public void multiplyAdd(VectorRegister x, VectorRegister y, VectorRegister scratch) {
    asm.sse(MOVDQA, scratch, x);
    asm.sse(PMULUDQ, scratch, y);
    asm.sse(PADDQ, x, y);
    asm.sse(PADDQ, x, scratch);
    asm.sse(PADDQ, x, scratch);
  }

  @Override
  public void rotate(VectorRegister x, int count, VectorRegister scratch) {
    if (count == Integer.SIZE) {
      asm.sse(PSHUFD, x, x, HALVES);
      return;
    }
    asm.sse(MOVDQA, scratch, x);
    if (count == Long.SIZE - 1) {
      asm.sse(PADDQ, scratch, x);
    } else {
      asm.sseShift(PSLLQ_IMMEDIATE, scratch, Long.SIZE - count);
    }
    asm.sseShift(PSRLQ_IMMEDIATE, x, count);
    asm.sse(PXOR, x, scratch);
  }

  @Override
  public void crossWords(VectorRegister a, VectorRegister b, VectorRegister scratch) {
    asm.sse(MOVDQA, scratch, a);
    asm.sse(SHUFPD, a, b, UPPER_AND_LOWER);
    asm.sse(SHUFPD, b, scratch, UPPER_AND_LOWER);
  }

  @Override
  public void transpose(VectorRegister[] rows, VectorRegister[] scratch) {}
}
