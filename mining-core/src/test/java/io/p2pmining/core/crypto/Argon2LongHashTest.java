package io.p2pmining.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Argon2LongHashTest {

  /** The sum was made with CPython's hashlib and the formula of RFC 9106, section 3.3. */
  @Test
  void agreesWithTheFormulaOfTheRfcAtEveryLength() {
    byte[] input = new byte[72];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) i;
    }
    Blake2b sum = new Blake2b(32);
    for (int length = 1; length <= 1030; length++) {
      sum.update(Argon2LongHash.digestOf(length, input));
    }
    byte[] digest = new byte[32];
    sum.digest(digest, 0);
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo("24091fad7f2a0e5ffb2ba7736c1335ac8983171c6b5d52c074072a62244eff45");
  }
}
