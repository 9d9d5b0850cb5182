package io.p2pmining.master.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.Target;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShareTargetPolicyTest {

  private final ShareTargetPolicy policy =
      new ShareTargetPolicy(new ShareSettings(Duration.ofSeconds(30), 0.5));

  @Test
  void aimsAtOneShareInTheInterval() {
    assertThat(difficulty(policy.target(100, 1, 10, null))).isEqualTo(3000);
  }

  @Test
  void asksForFewerSharesWhenVerificationWouldNotKeepUp() {
    // 1000 workers at one share in 30 s would be 33 a second; half of 10 a second is 5.
    assertThat(difficulty(policy.target(100, 1000, 10, null))).isEqualTo(20_000);
  }

  @Test
  void isNeverHarderThanTheNetwork() {
    Target network = Target.forDifficulty(500);

    assertThat(policy.target(100, 1, 10, network)).isEqualTo(network);
    assertThat(policy.target(1_000_000, 100_000, 1, network)).isEqualTo(network);
    assertThat(difficulty(policy.target(1, 1, 10, network))).isEqualTo(30);
  }

  @Test
  void givesTheEasiestTargetToTheSlowest() {
    assertThat(difficulty(policy.target(0.001, 1, 10, null))).isEqualTo(1);
  }

  private static long difficulty(Target target) {
    BigInteger difficulty = target.difficulty();
    return difficulty.longValueExact();
  }
}
