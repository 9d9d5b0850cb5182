package io.p2pmining.core.randomx.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectedRoundingTest {

  private static final long SEED = 0x5ca1ab1eL;
  private static final int CASES = 4_000;

  private static final double[] ADDENDS = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    Math.nextUp(1.0),
    Math.nextDown(1.0),
    -Math.nextDown(1.0),
    0x1p-1008,
    -0x1p-1008,
    0x1p-53,
    -0x1p-53,
    0x1p-54,
    3.0,
    -3.0,
    0x1p31,
    -0x1p31,
    0x1p32,
    Integer.MAX_VALUE,
    0x1.fffffffffffffp31,
    3.0e14,
    -3.0e14,
    0x1.fffffffffffffp47,
    0x1p53,
    -0x1p53,
  };

  private static final double[] FACTORS = {
    0x1p-255,
    0x1.8p-255,
    Math.nextUp(0x1p-255),
    0.5,
    Math.nextDown(1.0),
    1.0,
    Math.nextUp(1.0),
    Math.nextDown(2.0),
    2.0,
    3.0,
    4.0,
    9.0,
    0x1p31,
    0x1.fffffffffffffp31,
    0x1p500,
    0x1p511,
    0x1.6a09e667f3bcdp511,
    0x1p512,
    0x1p901,
    0x1p991,
    0x1p1022,
    0x1p1023,
    Double.MAX_VALUE,
    Math.nextDown(Double.MAX_VALUE),
    Double.POSITIVE_INFINITY,
  };

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void addsSpecialValuesExactly(int mode) {
    for (double a : ADDENDS) {
      for (double b : ADDENDS) {
        assertSum(a, b, mode);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void addsRandomValuesExactly(int mode) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      double a = randomDouble(random, -30, 48) * (random.nextBoolean() ? 1 : -1);
      double b =
          switch (i % 4) {
            case 0 -> random.nextInt();
            case 1 -> randomDouble(random, 0, 31);
            case 2 -> -randomDouble(random, 0, 31);
            default -> -a * (1 + random.nextInt(-2, 3) * Math.ulp(1.0));
          };
      assertSum(a, b, mode);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void multipliesAndDividesSpecialValuesExactly(int mode) {
    for (double a : FACTORS) {
      for (double b : FACTORS) {
        assertProduct(a, b, mode);
        if (!Double.isInfinite(b) && a / b > 0x1p-900) {
          assertQuotient(a, b, mode);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void multipliesAndDividesRandomValuesExactly(int mode) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      double e = randomDouble(random, -300, 1023);
      assertProduct(e, randomDouble(random, 0, 31), mode);
      assertQuotient(e, randomDouble(random, -255, 0), mode);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void dividesExactQuotientsWithoutAStep(int mode) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      double divisor = 1 + random.nextInt(1 << 26);
      double quotient = 1 + random.nextInt(1 << 26);
      assertThat(DirectedRounding.divide(divisor * quotient, divisor, mode)).isEqualTo(quotient);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void takesRootsExactly(int mode) {
    for (double value : FACTORS) {
      assertRoot(value, mode);
    }
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES; i++) {
      assertRoot(randomDouble(random, -300, 1023), mode);
      double integer = random.nextInt(1 << 26);
      assertRoot(integer * integer + 1, mode);
      assertThat(DirectedRounding.squareRoot(integer * integer, mode)).isEqualTo(integer);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void stopsAtTheLargestNumberWhereNearestOverflows(int mode) {
    assertThat(DirectedRounding.multiply(Double.MAX_VALUE, 2, mode)).isEqualTo(Double.MAX_VALUE);
    assertThat(DirectedRounding.divide(Double.MAX_VALUE, 0.5, mode)).isEqualTo(Double.MAX_VALUE);
    assertThat(DirectedRounding.multiply(Double.POSITIVE_INFINITY, 2, mode)).isInfinite();
    assertThat(DirectedRounding.divide(Double.POSITIVE_INFINITY, 2, mode)).isInfinite();
    assertThat(DirectedRounding.squareRoot(Double.POSITIVE_INFINITY, mode)).isInfinite();
  }

  /** The fused instruction and its replacement must agree on the sign, which is all that counts. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void splitsProductsAsExactlyAsFusingThem(int operation) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CASES * 4; i++) {
      double a = i < FACTORS.length ? FACTORS[i] : randomDouble(random, -300, 1023);
      double b = operation == 0 ? randomDouble(random, 0, 31) : randomDouble(random, -255, 0);
      switch (operation) {
        case 0 -> assertSplit(a, b, -(a * b));
        case 1 -> assertSplit(-(a / b), b, a);
        default -> assertSplit(-Math.sqrt(a), Math.sqrt(a), a);
      }
    }
    for (double a : FACTORS) {
      for (double b : FACTORS) {
        assertSplit(a, b, -(a * b));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 7, 0x7fffffff, 0x80000000, 0x12345678, 0xfedcba98})
  void convertsIntegersExactly(int value) {
    long pair = value & 0xffff_ffffL | (long) ~value << 32;
    assertThat(new BigDecimal(InstructionLoop.low(pair))).isEqualByComparingTo("" + value);
    assertThat(new BigDecimal(InstructionLoop.high(pair))).isEqualByComparingTo("" + ~value);
  }

  private static void assertSplit(double a, double b, double c) {
    assertThat(Math.signum(MultiplyAdd.split(a, b, c)))
        .as("seed=%x, a=%a, b=%a, c=%a", SEED, a, b, c)
        .isEqualTo(Double.valueOf(Math.signum(Math.fma(a, b, c))));
  }

  private static void assertSum(double a, double b, int mode) {
    assertSame(DirectedRounding.add(a, b, mode), ExactRounding.add(a, b, mode), a, b);
  }

  private static void assertProduct(double a, double b, int mode) {
    assertSame(DirectedRounding.multiply(a, b, mode), ExactRounding.multiply(a, b, mode), a, b);
  }

  private static void assertQuotient(double a, double b, int mode) {
    assertSame(DirectedRounding.divide(a, b, mode), ExactRounding.divide(a, b, mode), a, b);
  }

  private static void assertRoot(double a, int mode) {
    assertSame(DirectedRounding.squareRoot(a, mode), ExactRounding.squareRoot(a, mode), a, 0);
  }

  /** Compares bits, so that zeros of both signs differ. */
  private static void assertSame(double actual, double expected, double a, double b) {
    assertThat(Double.doubleToRawLongBits(actual))
        .as("seed=%x, a=%a, b=%a, actual=%a, expected=%a", SEED, a, b, actual, expected)
        .isEqualTo(Double.doubleToRawLongBits(expected));
  }

  /**
   * A positive number with a random fraction and an exponent from the range, both ends included.
   */
  private static double randomDouble(SplittableRandom random, int minExponent, int maxExponent) {
    long exponent = random.nextInt(minExponent, maxExponent + 1) + 1023L;
    return Double.longBitsToDouble(exponent << 52 | random.nextLong() >>> 12);
  }
}
