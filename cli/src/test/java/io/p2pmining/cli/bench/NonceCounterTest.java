package io.p2pmining.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import org.junit.jupiter.api.Test;

class NonceCounterTest {

  @Test
  void handsOutEveryNonceOnce() {
    NonceCounter counter = new NonceCounter(10);

    assertThat(counter.take(4)).contains(new NonceRange(0, 4));
    assertThat(counter.take(4)).contains(new NonceRange(4, 4));
    assertThat(counter.take(4)).contains(new NonceRange(8, 2));
    assertThat(counter.take(4)).isEmpty();
    assertThat(counter.take(1)).isEmpty();
  }

  @Test
  void reachesTheVeryLastNonce() {
    NonceCounter counter = new NonceCounter(NonceRange.LIMIT);
    for (long start = 0; start < NonceRange.LIMIT; start += 1 << 30) {
      assertThat(counter.take(1 << 30)).contains(new NonceRange(start, 1 << 30));
    }

    assertThat(counter.take(1)).isEmpty();
  }
}
