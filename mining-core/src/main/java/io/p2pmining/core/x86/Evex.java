package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorRegister.Width;

/**
 * The control bits in the last byte of an EVEX prefix (Intel's manual, volume 2, section 2.7.1):
 *
 * <pre>
 * bit   7   6 5   4   3   2 1 0
 *       z   L'L   b   V'  mask
 * </pre>
 *
 * Here V', which belongs to a register number, is 0, and so is z: lanes that a mask leaves out keep
 * their value.
 */
final class Evex {

  private static final int LENGTH_SHIFT = 5;
  private static final int ROUNDS_ITSELF = 1 << 4;
  private static final int BROADCAST = 1 << 4;

  private Evex() {}

  /** An instruction on registers of this width. */
  static int length(Width width) {
    return width.ordinal() << LENGTH_SHIFT;
  }

  /** An instruction on registers of this width and one word of memory for all lanes. */
  static int broadcast(Width width) {
    return length(width) | BROADCAST;
  }

  /** An instruction that rounds in a mode of its own, which stands in the place of the length. */
  static int rounding(Rounding rounding) {
    return rounding.ordinal() << LENGTH_SHIFT | ROUNDS_ITSELF;
  }
}
