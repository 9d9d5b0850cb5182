package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.x86.VectorOperation.PUNPCKHQDQ;
import static io.p2pmining.core.x86.VectorOperation.PUNPCKLQDQ;
import static io.p2pmining.core.x86.VectorOperation.SHUFI64X2;

import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.VectorRegister;

/** Exchanges rows and columns of eight 512-bit registers of eight words each. */
final class LaneTransposition {

  /** Of each source the 128-bit parts 0 and 2. */
  private static final int EVEN_PARTS = 0x88;

  /** Of each source the 128-bit parts 1 and 3. */
  private static final int ODD_PARTS = 0xDD;

  private LaneTransposition() {}

  /**
   * Emits it.
   *
   * @param rows in and out, except that {@code out[i]} of the result is in {@code result[i]}
   */
  static void emit(Assembler asm, VectorRegister[] rows, VectorRegister[] scratch) {
    // Pairs of words of two rows: after this scratch[i] has even words, scratch[i + 1] odd ones.
    for (int i = 0; i < 8; i += 2) {
      asm.vector(PUNPCKLQDQ, scratch[i], rows[i], rows[i + 1]);
      asm.vector(PUNPCKHQDQ, scratch[i + 1], rows[i], rows[i + 1]);
    }
    // The same with the 128-bit parts of four registers, for even words and odd ones apart.
    for (int odd = 0; odd < 2; odd++) {
      VectorRegister a = rows[4 * odd];
      VectorRegister b = rows[4 * odd + 1];
      VectorRegister c = rows[4 * odd + 2];
      VectorRegister d = rows[4 * odd + 3];
      asm.vector(SHUFI64X2, a, scratch[odd], scratch[2 + odd], EVEN_PARTS);
      asm.vector(SHUFI64X2, b, scratch[odd], scratch[2 + odd], ODD_PARTS);
      asm.vector(SHUFI64X2, c, scratch[4 + odd], scratch[6 + odd], EVEN_PARTS);
      asm.vector(SHUFI64X2, d, scratch[4 + odd], scratch[6 + odd], ODD_PARTS);
    }
    for (int odd = 0; odd < 2; odd++) {
      VectorRegister a = rows[4 * odd];
      VectorRegister b = rows[4 * odd + 1];
      VectorRegister c = rows[4 * odd + 2];
      VectorRegister d = rows[4 * odd + 3];
      asm.vector(SHUFI64X2, scratch[odd], a, c, EVEN_PARTS);
      asm.vector(SHUFI64X2, scratch[2 + odd], b, d, EVEN_PARTS);
      asm.vector(SHUFI64X2, scratch[4 + odd], a, c, ODD_PARTS);
      asm.vector(SHUFI64X2, scratch[6 + odd], b, d, ODD_PARTS);
    }
  }
}
