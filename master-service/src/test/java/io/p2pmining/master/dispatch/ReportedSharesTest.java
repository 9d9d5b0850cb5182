package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Hasher;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportedSharesTest {

  private final ReportedShares shares = new ReportedShares();

  @Test
  void keepsTheFirstHashOfEachNonce() {
    Random random = new Random(2);
    Map<Long, Bytes> expected = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      long nonce = Integer.toUnsignedLong(random.nextInt());
      Bytes hash = hash(random);
      expected.put(nonce, hash);
      assertThat(shares.add(nonce, hash)).isTrue();
      assertThat(shares.add(nonce, hash(random))).isFalse();
    }

    assertThat(shares.size()).isEqualTo(100);
    assertThat(shares.asMap()).isEqualTo(expected);
  }

  private static Bytes hash(Random random) {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    random.nextBytes(hash);
    return Bytes.copyOf(hash);
  }
}
