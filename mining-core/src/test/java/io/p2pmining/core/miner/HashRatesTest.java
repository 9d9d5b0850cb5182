package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HashRatesTest {

  private long nowNanos;

  @Test
  void dividesHashesByTheTimeOfTheWindow() throws Exception {
    ScriptedAlgorithm algorithm = new ScriptedAlgorithm();
    RecordedEvents events = new RecordedEvents();
    try (Miner miner = Miner.start(MinerSettings.ofThreads(1), events)) {
      HashRates rates = new HashRates(miner, () -> nowNanos, 5);
      assertThat(rates.total(Duration.ofSeconds(60))).isZero();

      for (int second = 1; second <= 10; second++) {
        hash(miner, algorithm, events, second * 100);
        nowNanos += 1_000_000_000L;
        rates.sample();
      }

      assertThat(rates.ofThread(0, Duration.ofSeconds(1))).isCloseTo(1000, within(1e-6));
      assertThat(rates.total(Duration.ofSeconds(2))).isCloseTo(950, within(1e-6));
      assertThat(rates.total(Duration.ofMillis(10))).isCloseTo(1000, within(1e-6));
      assertThat(rates.total(Duration.ofSeconds(60)))
          .as("only the last five samples are kept")
          .isCloseTo(850, within(1e-6));
    }
  }

  private static void hash(
      Miner miner, ScriptedAlgorithm algorithm, RecordedEvents events, int count)
      throws InterruptedException {
    SeedKey key = SeedKey.of(algorithm, new byte[0], HashingMode.LIGHT);
    miner.submit(
        new MiningTask(
            key,
            new byte[16],
            ScriptedAlgorithm.nonceOffset(),
            0,
            count,
            Target.forDifficulty(Long.MAX_VALUE)));
    events.awaitEnd();
  }
}
