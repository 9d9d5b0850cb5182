package io.p2pmining.core.randomx.superscalar;

/** The constant by which IMUL_RCP multiplies (specification, section 5.2.6). */
public final class Reciprocal {

  private Reciprocal() {}

  /** Whether there is no reciprocal: zero and powers of two make the instruction do nothing. */
  public static boolean isUndefinedFor(int divisor) {
    return (divisor & (divisor - 1)) == 0;
  }

  /**
   * 2ˣ / divisor for the greatest x that keeps the quotient below 2⁶⁴.
   *
   * @param divisor unsigned, neither zero nor a power of two
   */
  public static long of(int divisor) {
    if (isUndefinedFor(divisor)) {
      throw new IllegalArgumentException("no reciprocal: divisor=" + divisor);
    }
    long unsigned = Integer.toUnsignedLong(divisor);
    int shift = Long.SIZE - Long.numberOfLeadingZeros(unsigned);
    // 2^63 × 2^shift / divisor in two steps of 64-bit division.
    long quotient = Long.divideUnsigned(Long.MIN_VALUE, unsigned);
    long remainder = Long.remainderUnsigned(Long.MIN_VALUE, unsigned);
    return (quotient << shift) + Long.divideUnsigned(remainder << shift, unsigned);
  }
}
