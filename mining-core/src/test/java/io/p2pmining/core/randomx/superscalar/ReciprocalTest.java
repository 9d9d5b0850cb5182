package io.p2pmining.core.randomx.superscalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.randomx.RandomXVectors;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReciprocalTest {

  @Test
  void agreesWithTheVectors() {
    assertThat(RandomXVectors.properties(RandomXVectors.root().required("reciprocal")))
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(Reciprocal.of(Integer.parseUnsignedInt(entry.getKey())))
                    .isEqualTo(Long.parseUnsignedLong(entry.getValue().asString())));
  }

  @Test
  void isTheLargestQuotientThatFits64Bits() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      int divisor = random.nextInt() >>> random.nextInt(30);
      if (Reciprocal.isUndefinedFor(divisor)) {
        continue;
      }
      BigInteger unsigned = BigInteger.valueOf(Integer.toUnsignedLong(divisor));
      BigInteger quotient = BigInteger.ONE.shiftLeft(63 + unsigned.bitLength()).divide(unsigned);
      assertThat(quotient.bitLength()).as("seed=%d", seed).isEqualTo(64);
      assertThat(Reciprocal.of(divisor))
          .as("divisor=%d, seed=%d", divisor, seed)
          .isEqualTo(quotient.longValue());
    }
  }

  @Test
  void isUndefinedForZeroAndPowersOfTwo() {
    assertThatIllegalArgumentException().isThrownBy(() -> Reciprocal.of(0));
    for (int bit = 0; bit < Integer.SIZE; bit++) {
      assertThat(Reciprocal.isUndefinedFor(1 << bit)).isTrue();
    }
    assertThat(Reciprocal.isUndefinedFor(3)).isFalse();
    assertThat(Reciprocal.isUndefinedFor(-1)).isFalse();
  }
}
