package io.p2pmining.core.randomx.interpreter;

/**
 * Floating point operations in the four rounding modes of the specification (section 4.3), exact on
 * every CPU although Java itself only rounds to nearest. Pure functions, safe for use by any
 * thread.
 *
 * <p>Each operation is first done to nearest. Its error is then known exactly, or at least its sign
 * is: by Knuth's TwoSum for a sum, as the remainder from one fused multiply-add for a product, a
 * quotient or a root (Handbook of Floating-Point Arithmetic, sections 4.3 and 4.4). If the nearest
 * number lies on the wrong side of the exact result, its neighbour is the directed one. Neighbours
 * differ by one in the bits, and so do the largest number and infinity.
 *
 * <p>The operands are those that a program can have (section 4.3). Sums: no infinities, no results
 * beyond 10³⁰⁰. Products, quotients and roots: positive or infinite operands of group E, results of
 * at least 2⁻⁹⁰⁰, so that a remainder never underflows. On positive numbers rounding down and to
 * zero are the same.
 */
final class DirectedRounding {

  /** The value of fprc for roundTiesToEven. */
  static final int NEAREST = 0;

  /** The value of fprc for roundTowardNegative. */
  static final int DOWN = 1;

  /** The value of fprc for roundTowardPositive. */
  static final int UP = 2;

  /** The value of fprc for roundTowardZero. */
  static final int TO_ZERO = 3;

  private static final long SIGN = Long.MIN_VALUE;

  private DirectedRounding() {}

  /** The sum, rounded; {@code add(a, -b, mode)} is the difference. */
  static double add(double a, double b, int mode) {
    double sum = a + b;
    if (mode == NEAREST) {
      return sum;
    }
    double shareOfB = sum - a;
    double error = (a - (sum - shareOfB)) + (b - shareOfB);
    return sum == 0 && mode == DOWN ? zeroRoundedDown(a, b) : neighbour(sum, error, mode);
  }

  /** The product, rounded. */
  static double multiply(double a, double b, int mode) {
    double product = a * b;
    return mode == NEAREST
        ? product
        : positive(product, MultiplyAdd.remainder(a, b, -product), mode);
  }

  /** The quotient, rounded. */
  static double divide(double a, double b, int mode) {
    double quotient = a / b;
    return mode == NEAREST
        ? quotient
        : positive(quotient, MultiplyAdd.remainder(-quotient, b, a), mode);
  }

  /** The square root, rounded. */
  static double squareRoot(double a, int mode) {
    double root = Math.sqrt(a);
    return mode == NEAREST ? root : positive(root, MultiplyAdd.remainder(-root, root, a), mode);
  }

  /**
   * The directed neighbour of a result that is not negative.
   *
   * <p>Comparisons decide here, so that infinity needs no case of its own: an infinity that the
   * nearest mode rounded up to has the remainder −∞, which makes it the largest number when rounded
   * down; one that comes from an infinite operand has no remainder (NaN) and stays.
   */
  private static double positive(double nearest, double remainder, int mode) {
    long bits = Double.doubleToRawLongBits(nearest);
    if (mode == UP) {
      return Double.longBitsToDouble(remainder > 0 ? bits + 1 : bits);
    }
    return Double.longBitsToDouble(remainder < 0 ? bits - 1 : bits);
  }

  /**
   * The directed neighbour of a sum.
   *
   * <p>A step up is a step down of the negative number; to zero is down from above and up from
   * below. Error and sign are as good as random, so they become masks and not branches.
   */
  private static double neighbour(double nearest, double error, int mode) {
    long bits = Double.doubleToRawLongBits(nearest);
    long negative = bits >> 63;
    long upward = mode == UP ? -1 : mode == DOWN ? 0 : negative;
    long step = ((Double.doubleToRawLongBits(error) ^ upward) - upward) >> 63;
    long mirrored = negative ^ upward;
    return Double.longBitsToDouble(bits + (step ^ mirrored) - mirrored);
  }

  /** IEEE 754, section 6.3: rounded down, an exact zero is negative unless both operands are +0. */
  private static double zeroRoundedDown(double a, double b) {
    long either = Double.doubleToRawLongBits(a) | Double.doubleToRawLongBits(b);
    return Double.longBitsToDouble(either & SIGN);
  }
}
