package io.p2pmining.common.monero;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Keccak256Test {

  @Test
  void hashesNothingAndAbcAsPublished() {
    assertThat(hex(Keccak256.hash()))
        .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    assertThat(hex(Keccak256.hash("abc".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
  }

  @ParameterizedTest
  @CsvSource({
    "135, cbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62",
    "136, 7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e",
    "137, ac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db",
    "200, bfb0aa97863e797943cf7c33bb7e880bb4543f3d2703c0923c6901c2af57b890",
    "271, 7c974895b2a88303ff2dc6b58f438ceb0b298cac91099ac0539cc0f477506191",
    "272, fdf2ec49e749960d3c8521a0219af8d03e30e2b3bf19bd16150ee0eaf133d66e",
    "273, 4f707289a9c3ccd0c4a51f2f17339f5dd171d371c04ff7783b735b5b22682eaf"
  })
  void padsEveryLengthAroundABlock(int length, String digest) {
    byte[] input = new byte[length];
    for (int i = 0; i < length; i++) {
      input[i] = (byte) i;
    }

    assertThat(hex(Keccak256.hash(input))).isEqualTo(digest);
  }

  @Test
  void takesPartsAsOneInput() {
    byte[] whole = new byte[300];
    Arrays.fill(whole, (byte) 7);

    assertThat(Keccak256.hash(Arrays.copyOf(whole, 130), new byte[0], Arrays.copyOf(whole, 170)))
        .isEqualTo(Keccak256.hash(whole));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
