package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Operand;
import io.p2pmining.core.x86.VectorRegister;

/**
 * The steps of Argon2's compression function on vector registers of some width. A register holds
 * pieces of 128 bits, two words each, on which all steps work alike.
 */
sealed interface Argon2Vectors permits Argon2Sse2, Argon2Avx2, Argon2Avx512 {

  /** The steps of a kind. */
  static Argon2Vectors of(Argon2Kind kind, Assembler asm) {
    return switch (kind) {
      case SSE2 -> new Argon2Sse2(asm);
      case AVX2 -> new Argon2Avx2(asm);
      case AVX512 -> new Argon2Avx512(asm);
    };
  }

  /** How many pieces a register holds. */
  int pieces();

  /** How many registers there are. */
  int registerCount();

  VectorRegister register(int number);

  /** Runs once, ahead of everything else. */
  void emitConstants();

  /** Runs once, behind everything else. */
  void emitExit();

  /** Writes data that the code refers to. */
  void emitData();

  void load(VectorRegister dst, Address src);

  void store(Address dst, VectorRegister src);

  void xor(VectorRegister dst, Operand src);

  /** {@code x = x + y + 2·low(x)·low(y)}, where low is the low half of a word. */
  void multiplyAdd(VectorRegister x, VectorRegister y, VectorRegister scratch);

  /** {@code x = x} rotated right by 16, 24, 32 or 63. */
  void rotate(VectorRegister x, int count, VectorRegister scratch);

  /** {@code scratch = a}, then {@code a = (a₁, b₀)} and {@code b = (b₁, a₀)} in each piece. */
  void crossWords(VectorRegister a, VectorRegister b, VectorRegister scratch);

  /** Exchanges rows and columns of as many registers as each holds pieces. */
  void transpose(VectorRegister[] rows, VectorRegister[] scratch);
}
