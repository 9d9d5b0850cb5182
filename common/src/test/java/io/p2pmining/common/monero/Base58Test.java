package io.p2pmining.common.monero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Base58Test {

  @Test
  void readsBackWhatWasWrittenAtEveryLength() {
    long seed = 58;
    Random random = new Random(seed);
    for (int length = 0; length <= 80; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);

      assertThat(Base58.decode(Base58Encoding.encode(bytes)))
          .as("seed=%d, length=%d", seed, length)
          .isEqualTo(bytes);
    }
  }

  @Test
  void keepsLeadingZerosAndTheLargestBlock() {
    assertThat(Base58.decode("11111111111")).isEqualTo(new byte[8]);
    assertThat(Base58.decode("jpXCZedGfVQ")).containsOnly(0xff).hasSize(8);
  }

  @Test
  void refusesABlockAboveItsLargestValue() {
    assertThatThrownBy(() -> Base58.decode("jpXCZedGfVR")).hasMessageContaining("spell no value");
    assertThatThrownBy(() -> Base58.decode("zz")).hasMessageContaining("spell no value");
  }

  @Test
  void refusesLengthsThatNoBytesHave() {
    for (int length : new int[] {1, 4, 8, 12, 15, 19}) {
      String text = "1".repeat(length);
      assertThatThrownBy(() -> Base58.decode(text)).hasMessageContaining("characters");
    }
  }
}
