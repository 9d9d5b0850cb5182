package io.p2pmining.core.crypto.compiled;

import static io.p2pmining.core.x86.VectorOperation.BROADCASTI128;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA;
import static io.p2pmining.core.x86.VectorOperation.MOVDQA_STORE;
import static io.p2pmining.core.x86.VectorOperation.PADDQ;
import static io.p2pmining.core.x86.VectorOperation.PERM2I128;
import static io.p2pmining.core.x86.VectorOperation.PMULUDQ;
import static io.p2pmining.core.x86.VectorOperation.PSHUFB;
import static io.p2pmining.core.x86.VectorOperation.PSHUFD;
import static io.p2pmining.core.x86.VectorOperation.PSRLQ_IMMEDIATE;
import static io.p2pmining.core.x86.VectorOperation.PXOR;
import static io.p2pmining.core.x86.VectorOperation.SHUFPD;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Label;
import io.p2pmining.core.x86.Operand;
import io.p2pmining.core.x86.VectorRegister;

/** The steps on registers of two pieces. YMM14 and YMM15 hold constants. */
record Argon2Avx2(Assembler asm, Label rotations) implements Argon2Vectors {

  /** Exchanges the halves of words. */
  private static final int HALVES = 0xB1;

  /** In each piece the upper word of the first source and the lower one of the second. */
  private static final int UPPER_AND_LOWER = 0b0101;

  private static final int LOWER_PIECES = 0x20;
  private static final int UPPER_PIECES = 0x31;
  private static final VectorRegister BY_24 = VectorRegister.ymm(14);
  private static final VectorRegister BY_16 = VectorRegister.ymm(15);
  private static final int WORD_BYTES_MASK = Long.BYTES - 1;

  Argon2Avx2(Assembler asm) {
    this(asm, new Label());
  }

  @Override
  public int pieces() {
    return 2;
  }

  @Override
  public int registerCount() {
    return 14;
  }

  @Override
  public VectorRegister register(int number) {
    return VectorRegister.ymm(number);
  }

  @Override
  public void emitConstants() {
    asm.vector(BROADCASTI128, BY_24, Address.of(rotations));
    asm.vector(BROADCASTI128, BY_16, Address.of(rotations).plus(2 * Long.BYTES));
  }

  @Override
  public void emitExit() {
    asm.vzeroupper();
  }

  /** Which byte goes where when words are rotated by 24 and by 16 bits. */
  @Override
  public void emitData() {
    asm.align(2 * Long.BYTES);
    asm.bind(rotations);
    for (int bytes = 3; bytes >= 2; bytes--) {
      for (int i = 0; i < 2 * Long.BYTES; i++) {
        asm.data8(i & ~WORD_BYTES_MASK | i + bytes & WORD_BYTES_MASK);
      }
    }
  }

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
    switch (count) {
      case 16 -> asm.vector(PSHUFB, x, x, BY_16);
      case 24 -> asm.vector(PSHUFB, x, x, BY_24);
      case 32 -> asm.vector(PSHUFD, x, x, HALVES);
      case 63 -> {
        asm.vector(PADDQ, scratch, x, x);
        asm.vectorShift(PSRLQ_IMMEDIATE, x, x, count);
        asm.vector(PXOR, x, x, scratch);
      }
      default -> throw new IllegalArgumentException("count=" + count);
    }
  }

  @Override
  public void crossWords(VectorRegister a, VectorRegister b, VectorRegister scratch) {
    asm.vector(MOVDQA, scratch, a);
    asm.vector(SHUFPD, a, a, b, UPPER_AND_LOWER);
    asm.vector(SHUFPD, b, b, scratch, UPPER_AND_LOWER);
  }

  @Override
  public void transpose(VectorRegister[] rows, VectorRegister[] scratch) {
    asm.vector(PERM2I128, scratch[0], rows[0], rows[1], LOWER_PIECES);
    asm.vector(PERM2I128, rows[1], rows[0], rows[1], UPPER_PIECES);
    VectorRegister free = rows[0];
    rows[0] = scratch[0];
    scratch[0] = free;
  }
}
