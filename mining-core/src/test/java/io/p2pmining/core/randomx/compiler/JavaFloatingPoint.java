package io.p2pmining.core.randomx.compiler;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic of Java whose results are others in every rounding mode but nearest, or where denormal
 * numbers count as zero.
 */
final class JavaFloatingPoint {

  /** Operands whose sums, products and quotients have to be rounded, some to denormal numbers. */
  private static final double[] OPERANDS = {
    1.0, 3.0, -3.0, 0.1, -0.7, 1e16, Math.PI, 1e-300, -3e-310, 5 * Double.MIN_VALUE
  };

  private JavaFloatingPoint() {}

  /** The bits of what the processor computes. */
  static long[] results() {
    long[] results = new long[3 * OPERANDS.length * OPERANDS.length + 2 * OPERANDS.length];
    int count = 0;
    for (double a : OPERANDS) {
      for (double b : OPERANDS) {
        results[count++] = Double.doubleToRawLongBits(a + b);
        results[count++] = Double.doubleToRawLongBits(a * b);
        results[count++] = Double.doubleToRawLongBits(a / b);
      }
      results[count++] = Double.doubleToRawLongBits(Math.sqrt(Math.abs(a)));
      results[count++] = Float.floatToRawIntBits((float) a);
    }
    return results;
  }

  /** The bits of what is right, computed without floating point. */
  static long[] expected() {
    List<Number> exact = new ArrayList<>();
    MathContext precise = new MathContext(1200);
    for (double a : OPERANDS) {
      BigDecimal x = new BigDecimal(a);
      for (double b : OPERANDS) {
        BigDecimal y = new BigDecimal(b);
        exact.add(x.add(y).doubleValue());
        exact.add(x.multiply(y).doubleValue());
        exact.add(x.divide(y, precise).doubleValue());
      }
      exact.add(x.abs().sqrt(precise).doubleValue());
      exact.add(x.floatValue());
    }
    return exact.stream()
        .mapToLong(
            number ->
                number instanceof Float f
                    ? Float.floatToRawIntBits(f)
                    : Double.doubleToRawLongBits(number.doubleValue()))
        .toArray();
  }
}
