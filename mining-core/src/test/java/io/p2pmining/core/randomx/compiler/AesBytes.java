package io.p2pmining.core.randomx.compiler;

/** Finds instructions for AES in machine code. */
public final class AesBytes {

  private AesBytes() {}

  /** Whether there is AESENC, AESENCLAST, AESDEC or AESDECLAST, on vectors of whatever length. */
  public static boolean areIn(byte[] code) {
    for (int i = 0; i + 4 < code.length; i++) {
      // The first opcode bytes of SSE, or a prefix that names the map of 0F 38 and 66 as VEX does.
      boolean sse = at(code, i) == 0x0F && at(code, i + 1) == 0x38 && isRound(at(code, i + 2));
      boolean vex =
          at(code, i) == 0xC4
              && (at(code, i + 1) & 0x1F) == 2
              && (at(code, i + 2) & 3) == 1
              && isRound(at(code, i + 3));
      boolean evex =
          at(code, i) == 0x62
              && (at(code, i + 1) & 7) == 2
              && (at(code, i + 2) & 7) == 5
              && isRound(at(code, i + 4));
      if (sse || vex || evex) {
        return true;
      }
    }
    return false;
  }

  private static int at(byte[] code, int index) {
    return code[index] & 0xff;
  }

  private static boolean isRound(int opcode) {
    return opcode >= 0xDC && opcode <= 0xDF;
  }
}
