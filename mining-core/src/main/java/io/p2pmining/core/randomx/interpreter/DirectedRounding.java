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
 *
 * <p>{@code Math.fma} is exact everywhere, but about a hundred times slower on a CPU that has no
 * such instruction.
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
    return switch (mode) {
      case DOWN -> sum == 0 ? zeroRoundedDown(a, b) : down(sum, error);
      case UP -> up(sum, error);
      default -> sum > 0 ? down(sum, error) : up(sum, error);
    };
  }

  /** The product, rounded. */
  static double multiply(double a, double b, int mode) {
    double product = a * b;
    return mode == NEAREST ? product : positive(product, Math.fma(a, b, -product), mode);
  }

  /** The quotient, rounded. */
  static double divide(double a, double b, int mode) {
    double quotient = a / b;
    return mode == NEAREST ? quotient : positive(quotient, Math.fma(-quotient, b, a), mode);
  }

  /** The square root, rounded. */
  static double squareRoot(double a, int mode) {
    double root = Math.sqrt(a);
    return mode == NEAREST ? root : positive(root, Math.fma(-root, root, a), mode);
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

  /** The neighbour below if the error is negative. Without branches: that is a coin's toss. */
  private static double down(double nearest, double error) {
    long bits = Double.doubleToRawLongBits(nearest);
    long sign = bits >> 63;
    long step = Double.doubleToRawLongBits(error) >> 63;
    return Double.longBitsToDouble(bits + (step ^ sign) - sign);
  }

  /** The neighbour above if the error is positive. */
  private static double up(double nearest, double error) {
    long bits = Double.doubleToRawLongBits(nearest);
    long sign = bits >> 63;
    long step = -Double.doubleToRawLongBits(error) >> 63;
    return Double.longBitsToDouble(bits - (step ^ sign) + sign);
  }

  /** IEEE 754, section 6.3: rounded down, an exact zero is negative unless both operands are +0. */
  private static double zeroRoundedDown(double a, double b) {
    long either = Double.doubleToRawLongBits(a) | Double.doubleToRawLongBits(b);
    return Double.longBitsToDouble(either & SIGN);
  }
}
