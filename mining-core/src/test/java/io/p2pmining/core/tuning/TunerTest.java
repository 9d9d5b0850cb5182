package io.p2pmining.core.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerListener;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tunes a real miner of a real algorithm; which shape is the fastest is not for a test to say. */
@Timeout(120)
class TunerTest {

  private static final PowAlgorithm RX_0 = PowAlgorithms.load().find("rx/0").orElseThrow();

  private final Map<Long, Integer> shares = new ConcurrentHashMap<>();
  private final CountDownLatch prepared = new CountDownLatch(1);
  private final List<Trial> told = new ArrayList<>();

  private final class Shares implements MinerListener {
    @Override
    public void shareFound(MiningTask task, long nonce, byte[] hash) {
      shares.merge(nonce, 1, Integer::sum);
    }

    @Override
    public void rangeCompleted(MiningTask task, long searched, Duration elapsed) {}

    @Override
    public void rangeFailed(MiningTask task, long searched, String reason) {
      throw new IllegalStateException(reason);
    }

    @Override
    public void seedPrepared(
        SeedKey seed, io.p2pmining.core.pow.PreparedSeed preparedSeed, Duration took) {
      prepared.countDown();
    }
  }

  @Test
  void tunesLanesAndThreadsWhileEveryNonceIsHashedOnce() throws Exception {
    MinerSettings settings = MinerSettings.ofThreads(1).withSpareThreads(1);
    try (Miner miner = Miner.start(settings, new Shares())) {
      MiningTask task = everyNonceIsAShare();
      miner.submit(task);
      prepared.await();
      MiningPlan plan =
          new MiningPlan(List.of(new MiningPlan.Place(0, 0), new MiningPlan.Place(1, 0)), 2);
      MiningShape start = settings.shape().withLanes(1);
      TuningChoices choices = TuningChoices.of(start, plan, 2, 2, false, FixedSettings.NONE);
      TuningResult result =
          new Tuner(miner, () -> false, TuningRule.within(Duration.ofSeconds(4)))
              .tune(RX_0, HashingMode.LIGHT, start, choices, told::add);

      assertThat(result.trials()).isEqualTo(told);
      assertThat(told)
          .extracting(trial -> trial.aspect())
          .containsSubsequence(Aspect.LANES, Aspect.THREADS, Aspect.SCRATCHPADS);
      assertThat(told.getFirst().hashesPerSecond()).isPositive();
      assertThat(miner.shape(RX_0, HashingMode.LIGHT)).isEqualTo(result.shape());
      long searched = miner.searched(task).orElseThrow();
      assertThat(searched).isPositive();
      assertThat(new TreeSet<>(shares.keySet()))
          .containsAll(LongStream.range(0, searched).boxed().toList());
      assertThat(shares.values()).containsOnly(1);
    }
  }

  @Test
  void goesBackToTheBestSoFarWhenItIsInterrupted() throws Exception {
    MinerSettings settings = MinerSettings.ofThreads(1);
    try (Miner miner = Miner.start(settings, new Shares())) {
      MiningShape start = settings.shape().withLanes(2);
      MiningPlan plan = new MiningPlan(List.of(new MiningPlan.Place(0, 0)), 1);
      TuningChoices choices = TuningChoices.of(start, plan, 1, 4, false, FixedSettings.NONE);
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () ->
                  new Tuner(miner, () -> false, TuningRule.USUAL)
                      .tune(RX_0, HashingMode.LIGHT, start, choices, told::add))
          .isInstanceOf(InterruptedException.class);
      assertThat(miner.shape(RX_0, HashingMode.LIGHT)).isEqualTo(start);
      assertThat(told).isEmpty();
    }
  }

  private static MiningTask everyNonceIsAShare() {
    return new MiningTask(
        SeedKey.of(RX_0, new byte[32], HashingMode.LIGHT),
        new byte[76],
        39,
        0,
        1L << 32,
        Target.EASIEST);
  }
}
