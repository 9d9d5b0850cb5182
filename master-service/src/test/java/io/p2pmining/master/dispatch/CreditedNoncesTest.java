package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.work.PeerId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CreditedNoncesTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));

  @Test
  void agreesWithAMapOverManyRandomSteps() {
    long seed = 42;
    Random random = new Random(seed);
    CreditedNonces nonces = new CreditedNonces();
    Map<Long, Integer> model = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      long nonce = Integer.toUnsignedLong(random.nextInt(2000) * 0x10000019);
      if (random.nextInt(3) == 0) {
        nonces.revoke(nonce);
        model.remove(nonce);
      } else {
        int mark = 1 + random.nextInt(5);
        Integer before = model.putIfAbsent(nonce, mark);
        assertThat(nonces.credit(nonce, mark))
            .as("seed=%s step=%s", seed, step)
            .isEqualTo(before == null ? 0 : before);
      }
      assertThat(nonces.size()).isEqualTo(model.size());
      assertThat(nonces.find(nonce)).isEqualTo(model.getOrDefault(nonce, 0));
    }
  }

  @Test
  void marksResultsByPeerAndNumber() {
    assertThat(CreditedNonces.mark(ANN, 1)).isEqualTo(CreditedNonces.mark(ANN, 1)).isNotZero();
    assertThat(CreditedNonces.mark(ANN, 1)).isNotEqualTo(CreditedNonces.mark(ANN, 2));
    assertThat(CreditedNonces.mark(ANN, 1)).isNotEqualTo(CreditedNonces.mark(BOB, 1));
  }
}
