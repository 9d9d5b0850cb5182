package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.x86.VectorRegister;

/**
 * The permutation P of Argon2 (RFC 9106, section 3.6), on as many groups of sixteen words as a
 * register has pieces. Registers 0 to 7 hold words 0 and 1, 2 and 3, and so on; of the 4×4 matrix
 * that P sees, a row is in two registers.
 */
final class Argon2Rounds {

  private static final int A = 0;
  private static final int B = 2;
  private static final int C = 4;
  private static final int D = 6;

  /** Halves of a row. */
  private static final int HALVES = 2;

  private final Argon2Vectors vectors;

  Argon2Rounds(Argon2Vectors vectors) {
    this.vectors = vectors;
  }

  /**
   * Emits P.
   *
   * @param r the eight registers, in and out; the array says which holds what afterwards
   * @param scratch at least two registers
   */
  void emit(VectorRegister[] r, VectorRegister[] scratch) {
    emitQuarters(r, scratch);
    // Row b goes left by a word, c by two, d by three, which makes columns of the diagonals.
    vectors.crossWords(r[B], r[B + 1], scratch[0]);
    exchange(r, C);
    vectors.crossWords(r[D + 1], r[D], scratch[0]);
    exchange(r, D);
    emitQuarters(r, scratch);
    vectors.crossWords(r[B + 1], r[B], scratch[0]);
    exchange(r, B);
    exchange(r, C);
    vectors.crossWords(r[D], r[D + 1], scratch[0]);
  }

  /** The function GB on all four columns. */
  private void emitQuarters(VectorRegister[] r, VectorRegister[] scratch) {
    emitHalfQuarter(r, scratch, 32, 24);
    emitHalfQuarter(r, scratch, 16, 63);
  }

  private void emitHalfQuarter(
      VectorRegister[] r, VectorRegister[] scratch, int dCount, int bCount) {
    emitStep(r, scratch, A, B, D, dCount);
    emitStep(r, scratch, C, D, B, bCount);
  }

  /** {@code x = x + y + 2·low(x)·low(y)}, then {@code z = z ^ x} rotated; both halves in step. */
  private void emitStep(
      VectorRegister[] r, VectorRegister[] scratch, int x, int y, int z, int count) {
    for (int half = 0; half < HALVES; half++) {
      vectors.multiplyAdd(r[x + half], r[y + half], scratch[half]);
    }
    for (int half = 0; half < HALVES; half++) {
      vectors.xor(r[z + half], r[x + half]);
    }
    for (int half = 0; half < HALVES; half++) {
      vectors.rotate(r[z + half], count, scratch[half]);
    }
  }

  private static void exchange(VectorRegister[] r, int row) {
    VectorRegister first = r[row];
    r[row] = r[row + 1];
    r[row + 1] = first;
  }
}
