package io.p2pmining.core.randomx.program;

/**
 * The sizes of the scratchpad's three levels, each a prefix of the next (specification, section
 * 4.2).
 *
 * @param l1Bytes a power of two, at least 64
 * @param l2Bytes a power of two, at least {@code l1Bytes}
 * @param l3Bytes a power of two, at least {@code l2Bytes}: the whole scratchpad
 */
public record ScratchpadSizes(int l1Bytes, int l2Bytes, int l3Bytes) {

  private static final int LINE_BYTES = 64;

  public ScratchpadSizes {
    if (!isPowerOfTwo(l1Bytes) || !isPowerOfTwo(l2Bytes) || !isPowerOfTwo(l3Bytes)) {
      throw new IllegalArgumentException(
          "l1=" + l1Bytes + ", l2=" + l2Bytes + ", l3=" + l3Bytes + ", must be powers of two");
    }
    if (l1Bytes < LINE_BYTES || l2Bytes < l1Bytes || l3Bytes < l2Bytes) {
      throw new IllegalArgumentException(
          "l1=" + l1Bytes + ", l2=" + l2Bytes + ", l3=" + l3Bytes + ", must be 64 or more, rising");
    }
  }

  /** The address bits of an aligned word in the first level. */
  public int l1Mask() {
    return wordMask(l1Bytes);
  }

  /** The address bits of an aligned word in the second level. */
  public int l2Mask() {
    return wordMask(l2Bytes);
  }

  /** The address bits of an aligned word in the whole scratchpad. */
  public int l3Mask() {
    return wordMask(l3Bytes);
  }

  /** The address bits of an aligned 64-byte line in the whole scratchpad. */
  public int l3LineMask() {
    return l3Bytes - 1 & -LINE_BYTES;
  }

  private static int wordMask(int bytes) {
    return bytes - 1 & -Long.BYTES;
  }

  private static boolean isPowerOfTwo(int value) {
    return value > 0 && (value & (value - 1)) == 0;
  }
}
