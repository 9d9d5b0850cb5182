package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA_STORE;
import static io.p2pmining.core.x86.VectorOperation.PADDQ;
import static io.p2pmining.core.x86.VectorOperation.PMULUDQ;
import static io.p2pmining.core.x86.VectorOperation.PRORQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PXOR;
import static io.p2pmining.core.x86.VectorOperation.SHUFI64X2;
import static io.p2pmining.core.x86.VectorOperation.SHUFPD;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Operand;
import io.p2pmining.core.x86.VectorRegister;

/** The steps on registers of four pieces. */
record Argon2Avx512(Assembler asm) implements Argon2Vectors {

  /** In each piece the upper word of the first source and the lower one of the second. */
  private static final int UPPER_AND_LOWER = 0b0101_0101;

  private static final int EVEN_PIECES = 0x88;
  private static final int ODD_PIECES = 0xDD;

  @Override
  public int pieces() {
    return 4;
  }

  @Override
  public int registerCount() {
    return 32;
  }

  @Override
  public VectorRegister register(int number) {
    return VectorRegister.zmm(number);
  }

  @Override
  public void emitConstants() {}

  @Override
  public void emitExit() {
    asm.vzeroupper();
  }

  @Override
  public void emitData() {}

  @Override
  public void load(VectorRegister dst, Address src) {
    asm.vector(MOVDQA, dst, src);
  }

  @Override
  public void store(Address dst, VectorRegister src) {
    asm.vector(MOVDQA_STORE, dst, src);
  }

  @Override
  public void xor(VectorRegister dst, Operand src) {
    asm.vector(PXOR, dst, dst, src);
  }

  @Override
  public void multiplyAdd(VectorRegister x, VectorRegister y, VectorRegister scratch) {
    asm.vector(PMULUDQ, scratch, x, y);
    asm.vector(PADDQ, x, x, y);
    asm.vector(PADDQ, x, x, scratch);
    asm.vector(PADDQ, x, x, scratch);
  }

  @Override
  public void rotate(VectorRegister x, int count, VectorRegister scratch) {
    asm.vectorShift(PRORQ_IMMEDIATE, x, x, count);
  }

  @Override
  public void crossWords(VectorRegister a, VectorRegister b, VectorRegister scratch) {
    asm.vector(MOVDQA, scratch, a);
    asm.vector(SHUFPD, a, a, b, UPPER_AND_LOWER);
    asm.vector(SHUFPD, b, b, scratch, UPPER_AND_LOWER);
  }

  @Override
  public void transpose(VectorRegister[] rows, VectorRegister[] scratch) {
    asm.vector(SHUFI64X2, scratch[0], rows[0], rows[1], EVEN_PIECES);
    asm.vector(SHUFI64X2, scratch[1], rows[0], rows[1], ODD_PIECES);
    asm.vector(SHUFI64X2, scratch[2], rows[2], rows[3], EVEN_PIECES);
    asm.vector(SHUFI64X2, scratch[3], rows[2], rows[3], ODD_PIECES);
    asm.vector(SHUFI64X2, rows[0], scratch[0], scratch[2], EVEN_PIECES);
    asm.vector(SHUFI64X2, rows[1], scratch[1], scratch[3], EVEN_PIECES);
    asm.vector(SHUFI64X2, rows[2], scratch[0], scratch[2], ODD_PIECES);
    asm.vector(SHUFI64X2, rows[3], scratch[1], scratch[3], ODD_PIECES);
  }
}
