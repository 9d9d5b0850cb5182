package io.p2pmining.core.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Blake2bTest {

  private static final int[] LENGTHS = {0, 1, 2, 63, 64, 65, 127, 128, 129, 255, 256, 257, 1000};

  @Test
  void hashesTheExampleOfTheRfc() {
    assertThat(hex(Blake2b.digestOf(64, "abc".getBytes(US_ASCII))))
        .isEqualTo(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
  }

  /** The sum over all digests of CPython's hashlib, which is the reference implementation. */
  @Test
  void agreesWithTheReferenceForEveryDigestLengthAroundBlockBoundaries() {
    Blake2b sum = new Blake2b(32);
    for (int digestLength = 1; digestLength <= Blake2b.MAX_DIGEST_LENGTH; digestLength++) {
      for (int length : LENGTHS) {
        sum.update(Blake2b.digestOf(digestLength, message(length)));
      }
    }
    byte[] digest = new byte[32];
    sum.digest(digest, 0);
    assertThat(hex(digest))
        .isEqualTo("354cbcdd8c371693189aa15394e47b8988845f3d837a7fb50fa01244f3e7bb3f");
  }

  @Test
  void givesTheSameDigestHoweverTheInputIsCut() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int repeat = 0; repeat < 200; repeat++) {
      byte[] message = message(random.nextInt(1000));
      Blake2b pieces = new Blake2b(64);
      for (int done = 0; done < message.length; ) {
        int length = Math.min(message.length - done, random.nextInt(300));
        pieces.update(message, done, length);
        done += length;
      }
      byte[] digest = new byte[64];
      pieces.digest(digest, 0);
      assertThat(digest).as("seed=%d", seed).isEqualTo(Blake2b.digestOf(64, message));
    }
  }

  @Test
  void absorbsWordsLeastSignificantByteFirstAcrossBlocks() {
    Blake2b words = new Blake2b(64);
    byte[] bytes = new byte[4 * 65 + 3];
    words.update(bytes, 0, 3);
    for (int i = 0; i < 65; i++) {
      words.updateInt(0x01020304 * i);
      LittleEndian.putInt(bytes, 3 + 4 * i, 0x01020304 * i);
    }
    byte[] digest = new byte[64];
    words.digest(digest, 0);
    assertThat(digest).isEqualTo(Blake2b.digestOf(64, bytes));
  }

  @Test
  void canHashInPlaceAndAgain() {
    byte[] state = message(64);
    byte[] expected = Blake2b.digestOf(64, Blake2b.digestOf(64, state));
    Blake2b hash = new Blake2b(64);
    hash.update(message(500));
    hash.hash(state, 0, 64, state, 0);
    hash.hash(state, 0, 64, state, 0);
    assertThat(state).isEqualTo(expected);
  }

  @Test
  void refusesImpossibleLengths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Blake2b(0))
        .withMessageContaining("digestLength=0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Blake2b(65))
        .withMessageContaining("digestLength=65");
    assertThatThrownBy(() -> new Blake2b(64).digest(new byte[63], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** Byte i of the message of n bytes is 7i + n. */
  private static byte[] message(int length) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) (7 * i + length);
    }
    return message;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
