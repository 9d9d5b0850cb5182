package io.p2pmining.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class NoncePiecesTest {

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void handsOutEveryNonceOnceAndThenNone() {
    NoncePieces pieces = new NoncePieces(new NonceCounter(100), nanos::get);

    for (long nonce = 0; nonce < 100; nonce++) {
      assertThat(pieces.next()).isEqualTo(nonce);
    }
    assertThat(pieces.next()).isEqualTo(NoncePieces.NONE);
    assertThat(pieces.next()).isEqualTo(NoncePieces.NONE);
  }

  @Test
  void takesNoMoreThanOneAtATimeWhileHashesAreSlow() {
    NonceCounter counter = new NonceCounter(100);
    NoncePieces slow = new NoncePieces(counter, nanos::get);
    NoncePieces other = new NoncePieces(counter, nanos::get);

    for (long nonce = 0; nonce < 100; nonce += 2) {
      assertThat(slow.next()).isEqualTo(nonce);
      assertThat(other.next()).isEqualTo(nonce + 1);
      nanos.addAndGet(Duration.ofMillis(21).toNanos());
    }
  }

  @Test
  void takesEverMoreWhileHashesAreQuick() {
    NonceCounter counter = new NonceCounter(100);
    NoncePieces quick = new NoncePieces(counter, nanos::get);
    for (int nonce = 0; nonce < 8; nonce++) {
      assertThat(quick.next()).isEqualTo(nonce);
    }

    assertThat(counter.take(1))
        .as("1 + 2 + 4 + 8 are taken")
        .hasValueSatisfying(next -> assertThat(next.start()).isEqualTo(15));
  }
}
