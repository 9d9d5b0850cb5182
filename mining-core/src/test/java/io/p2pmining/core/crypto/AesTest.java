package io.p2pmining.core.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.randomx.RandomXVectors;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AesTest {

  private static final AesGenerator4R GENERATOR_4R =
      new AesGenerator4R(
          "ddaa2164db3d83d12b6d542f3fd2e599"
              + "50340eb2553f91b6539df706e5cddfa5"
              + "04d93e5caf7b5e519f67a40abf021c17"
              + "63376285085d8fe7853767cd91d2ded8",
          "736f82b5a6a7d6e36d8b513db4ff9e22"
              + "f36b56c7d9b3109c4e4d02e9d2b772b2"
              + "e7c973f28ba365f70a66a92ba7ef3bf6"
              + "09d67c7ade395891fdd1060c2d76b0c0");

  @Test
  void roundsAgreeWithTheExampleOfTheStandard() {
    // FIPS 197, appendix B: the first round of the example, its start and its result.
    long[] start = words("193de3bea0f4e22b9ac68d2ae9f84808");
    long[] key = words("a0fafe1788542cb123a339392a6c7605");
    long[] next = words("a49c7ff2689f352b6b5bea43026a5049");
    assertThat(AesRound.encrypt(start[0], start[1]) ^ key[0]).isEqualTo(next[0]);
    assertThat(AesRound.encrypt(start[1], start[0]) ^ key[1]).isEqualTo(next[1]);
  }

  @Test
  void inverseRoundsAgreeWithTheExampleOfTheStandard() {
    // FIPS 197, appendix C.1, equivalent inverse cipher: round[1].istart and round[1].im_col.
    long[] start = words("7ad5fda789ef4e272bca100b3d9ff59f");
    long[] mixed = words("4773b91ff72f354361cb018ea1e6cf2c");
    assertThat(AesRound.decrypt(start[0], start[1])).isEqualTo(mixed[0]);
    assertThat(AesRound.decrypt(start[1], start[0])).isEqualTo(mixed[1]);
  }

  @Test
  void generator1RAgreesWithVectors() {
    JsonNode vector = RandomXVectors.root().at("/intermediate/aesgen1r");
    long[] state = countingState();
    long[] output = new long[32];
    AesGenerator1R.generate(state, output);
    assertThat(output).isEqualTo(words(RandomXVectors.text(vector, "out256")));
    assertThat(state).isEqualTo(words(RandomXVectors.text(vector, "state_after")));
  }

  @Test
  void generator1RAgreesWithTheReferenceTest() {
    JsonNode vector = RandomXVectors.root().required("aesgen1r_upstream");
    long[] state = words(RandomXVectors.text(vector, "state_hex") + "00".repeat(32));
    long[] output = new long[8];
    AesGenerator1R.generate(state, output);
    assertThat(output).startsWith(words(RandomXVectors.text(vector, "out_hex")));
  }

  @Test
  void generator4RAgreesWithVectors() {
    JsonNode vector = RandomXVectors.root().at("/intermediate/aesgen4r");
    long[] output = new long[32];
    GENERATOR_4R.generate(countingState(), output);
    assertThat(output).isEqualTo(words(RandomXVectors.text(vector, "out256")));
  }

  @Test
  void generator4RGoesOnWhereItStopped() {
    long[] atOnce = new long[32];
    GENERATOR_4R.generate(countingState(), atOnce);
    long[] state = countingState();
    long[] first = new long[8];
    long[] rest = new long[24];
    GENERATOR_4R.generate(state, first);
    GENERATOR_4R.generate(state, rest);
    assertThat(first).isEqualTo(Arrays.copyOf(atOnce, 8));
    assertThat(rest).isEqualTo(Arrays.copyOfRange(atOnce, 8, 32));
  }

  @Test
  void generator4RRefusesKeysOfAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AesGenerator4R("00".repeat(63), "00".repeat(64)))
        .withMessageContaining("length=63");
  }

  @Test
  void hashAgreesWithVectors() {
    JsonNode vector = RandomXVectors.root().at("/intermediate/aeshash1r");
    byte[] input = new byte[4096];
    for (int i = 0; i < input.length; i++) {
      input[i] = (byte) (7 * i + (i >> 8));
    }
    long[] hash = new long[AesHash1R.HASH_WORDS];
    AesHash1R.hash(words(input), hash);
    assertThat(hash).isEqualTo(words(RandomXVectors.text(vector, "hash")));
  }

  /** The bytes 00 to 3f. */
  private static long[] countingState() {
    byte[] bytes = new byte[64];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return words(bytes);
  }

  private static long[] words(String hex) {
    return words(HexFormat.of().parseHex(hex));
  }

  private static long[] words(byte[] bytes) {
    long[] words = new long[bytes.length / Long.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = LittleEndian.getLong(bytes, i * Long.BYTES);
    }
    return words;
  }
}
