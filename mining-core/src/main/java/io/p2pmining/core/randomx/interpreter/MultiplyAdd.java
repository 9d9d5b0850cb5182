package io.p2pmining.core.randomx.interpreter;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The remainder of a product: a × b + c where c nearly cancels the product, with its exact sign.
 * Pure functions, safe for use by any thread.
 *
 * <p>That is what a fused multiply-add gives. On a CPU without that instruction {@code Math.fma} is
 * just as exact, but takes a microsecond; then the product is split as Dekker does (Handbook of
 * Floating-Point Arithmetic, section 4.4), which takes some twenty plain operations.
 */
final class MultiplyAdd {

  private static final boolean FUSED = cpuFuses();

  /** Veltkamp's constant: 2²⁷ + 1 cuts 53 bits into 26 and 27. */
  private static final double SPLITTER = 0x1p27 + 1;

  /** Beyond this the splitter could overflow. */
  private static final double LARGE = 0x1p900;

  private static final double SHRINK = 0x1p-200;

  private MultiplyAdd() {}

  /**
   * Computes a × b + c.
   *
   * @return a value with the sign of the exact result; NaN if a or b is infinite and c too
   */
  static double remainder(double a, double b, double c) {
    return FUSED ? Math.fma(a, b, c) : split(a, b, c);
  }

  /** The same without a fused instruction, for products of at least 2⁻⁹⁰⁰. */
  static double split(double a, double b, double c) {
    if (Double.isInfinite(a) || Double.isInfinite(b)) {
      return a * b + c;
    }
    if (Double.isInfinite(c)) {
      return c;
    }
    if (Math.abs(a) > LARGE) {
      return splitWithinRange(a * SHRINK, b, c * SHRINK);
    }
    if (Math.abs(b) > LARGE) {
      return splitWithinRange(a, b * SHRINK, c * SHRINK);
    }
    if (Math.abs(c) > LARGE) {
      return splitWithinRange(a * SHRINK, b, c * SHRINK);
    }
    return splitWithinRange(a, b, c);
  }

  private static double splitWithinRange(double a, double b, double c) {
    double product = a * b;
    double highA = high(a);
    double lowA = a - highA;
    double highB = high(b);
    double lowB = b - highB;
    double error = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
    // product and −c lie so close together that their difference is exact.
    return (product + c) + error;
  }

  private static double high(double value) {
    double scaled = SPLITTER * value;
    return scaled - (scaled - value);
  }

  /** Where the virtual machine does not say, splitting is the safe choice: never slow. */
  private static boolean cpuFuses() {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (hotSpot == null) {
      return false;
    }
    try {
      return Boolean.parseBoolean(hotSpot.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException unknownOption) {
      return false;
    }
  }
}
