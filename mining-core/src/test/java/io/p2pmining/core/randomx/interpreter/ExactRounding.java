package io.p2pmining.core.randomx.interpreter;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Rounds exact numbers to doubles in any of the four modes by comparison alone: the oracle for
 * {@link DirectedRounding}, and as slow as it is plain. Positive and negative, no subnormal
 * results.
 */
public final class ExactRounding {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final BigDecimal MAX = new BigDecimal(Double.MAX_VALUE);

  /** From here on, roundTiesToEven gives infinity: halfway from MAX to the next power of two. */
  private static final BigDecimal OVERFLOW =
      MAX.add(new BigDecimal(Math.ulp(Double.MAX_VALUE)).divide(TWO));

  private ExactRounding() {}

  /** The exact sum, rounded; IEEE 754, section 6.3 for zeros. */
  public static double add(double a, double b, int mode) {
    BigDecimal exact = new BigDecimal(a).add(new BigDecimal(b));
    if (exact.signum() != 0) {
      return round(exact, mode);
    }
    boolean bothNegative = isNegative(a) && isNegative(b);
    boolean differ = isNegative(a) != isNegative(b);
    return bothNegative || differ && mode == DirectedRounding.DOWN ? -0.0 : 0.0;
  }

  /** The exact product, rounded. */
  public static double multiply(double a, double b, int mode) {
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return a * b;
    }
    return round(new BigDecimal(a).multiply(new BigDecimal(b)), mode);
  }

  /** The exact quotient of positive numbers, rounded: a / b ≥ x exactly when a ≥ x × b. */
  public static double divide(double a, double b, int mode) {
    if (Double.isInfinite(a)) {
      return a;
    }
    BigDecimal dividend = new BigDecimal(a);
    BigDecimal divisor = new BigDecimal(b);
    return search(bound -> dividend.compareTo(bound.multiply(divisor)), mode);
  }

  /** The exact root of a positive number, rounded: √a ≥ x exactly when a ≥ x². */
  public static double squareRoot(double a, int mode) {
    if (Double.isInfinite(a)) {
      return a;
    }
    BigDecimal square = new BigDecimal(a);
    return search(bound -> square.compareTo(bound.multiply(bound)), mode);
  }

  private static double round(BigDecimal exact, int mode) {
    if (exact.signum() > 0) {
      return search(exact::compareTo, mode);
    }
    int mirrored =
        switch (mode) {
          case DirectedRounding.DOWN -> DirectedRounding.UP;
          case DirectedRounding.UP -> DirectedRounding.DOWN;
          default -> mode;
        };
    return -search(exact.negate()::compareTo, mirrored);
  }

  /** How an exact positive number that need not be written out compares with {@code bound}. */
  private interface Comparison {
    int with(BigDecimal bound);
  }

  private static double search(Comparison exact, int mode) {
    // The largest double that is not above the exact number, by bisection over the bits.
    long low = 0;
    long high = Double.doubleToRawLongBits(Double.MAX_VALUE);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (exact.with(new BigDecimal(Double.longBitsToDouble(middle))) >= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    double below = Double.longBitsToDouble(low);
    double above = Double.longBitsToDouble(low + 1);
    if (exact.with(new BigDecimal(below)) == 0) {
      return below;
    }
    return switch (mode) {
      case DirectedRounding.UP -> above;
      case DirectedRounding.NEAREST -> nearest(exact, below, above);
      default -> below;
    };
  }

  private static double nearest(Comparison exact, double below, double above) {
    BigDecimal half =
        Double.isInfinite(above)
            ? OVERFLOW
            : new BigDecimal(below).add(new BigDecimal(above)).divide(TWO);
    int side = exact.with(half);
    if (side != 0) {
      return side < 0 ? below : above;
    }
    boolean even = !BigInteger.valueOf(Double.doubleToRawLongBits(below)).testBit(0);
    return even ? below : above;
  }

  private static boolean isNegative(double value) {
    return Double.doubleToRawLongBits(value) < 0;
  }
}
