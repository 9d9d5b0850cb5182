package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimSizeTest {

  private static final long MILLISECOND = 1_000_000;

  @Test
  void claimsSlowHashesBatchByBatch() {
    ClaimSize size = new ClaimSize(3);
    for (int i = 0; i < 20; i++) {
      size.learn(3, 2 * MILLISECOND);
    }
    assertThat(size.after(0)).isEqualTo(3);
    assertThat(size.after(2)).as("what completes a batch").isEqualTo(1);
  }

  @Test
  void claimsQuickHashesByTheThousand() {
    ClaimSize size = new ClaimSize(3);
    long before = size.after(0);
    for (int i = 0; i < 30; i++) {
      size.learn(1000, MILLISECOND / 2);
      assertThat(size.after(0) % 3).as("whole batches").isZero();
      assertThat((long) size.after(0)).as("at most twofold").isLessThanOrEqualTo(2 * before);
      before = size.after(0);
    }
    assertThat(size.after(0)).isEqualTo(3999);

    size.learn(10, 10 * MILLISECOND);
    assertThat(size.after(0)).as("slower now").isEqualTo(3);
  }

  @Test
  void neverClaimsMoreThanItsLimitAndLearnsNothingFromNothing() {
    ClaimSize size = new ClaimSize(1);
    for (int i = 0; i < 30; i++) {
      size.learn(1_000_000, 1);
    }
    assertThat(size.after(0)).isEqualTo(ClaimSize.MAX);
    size.learn(0, MILLISECOND);
    assertThat(size.after(0)).isEqualTo(ClaimSize.MAX);
  }
}
