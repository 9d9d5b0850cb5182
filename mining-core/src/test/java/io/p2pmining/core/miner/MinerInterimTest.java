package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hashes in light mode while the seed for full mode is prepared. */
@Timeout(60)
class MinerInterimTest {

  private static final long BATCH_NANOS = 2_000_000;

  private final ScriptedAlgorithm algorithm = new ScriptedAlgorithm(2, true);
  private final RecordedEvents events = new RecordedEvents();
  private final ScriptedClock clock = new ScriptedClock();
  private final List<Miner> miners = new ArrayList<>();

  @BeforeEach
  void offersALightSeedFirst() {
    algorithm.offersInterim = true;
    algorithm.stopPreparing();
  }

  @AfterEach
  void closesEverything() {
    algorithm.preparePermits.release(100);
    algorithm.goOnHashing();
    miners.forEach(Miner::close);
    assertThat(algorithm.misuses).isEmpty();
    assertThat(algorithm.hashers).as("pipelines left open").hasValue(0);
    assertThat(algorithm.alive).as("seeds left open").hasValue(0);
  }

  @Test
  void hashesInLightModeUntilTheFullSeedIsReady() throws Exception {
    Miner miner = miner(3);
    MiningTask meanwhile = task(1, 0, 1000);
    miner.submit(meanwhile);
    assertThat(events.awaitInterim()).isEqualTo(meanwhile.seed());
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(meanwhile, 1000, ""));
    assertThat(algorithm.modes.values()).containsOnly(HashingMode.LIGHT);
    assertThat(events.prepared).isEmpty();

    MiningTask across = task(1, 10_000, 200_000);
    algorithm.hashesBegun.drainPermits();
    miner.submit(across);
    algorithm.hashesBegun.acquire(1000);
    assertThat(miner.state()).isEqualTo(MinerState.MINING);
    assertThat(miner.isInterim()).isTrue();
    algorithm.preparePermits.release();
    assertThat(events.awaitPrepared()).isEqualTo(across.seed());
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(across, 200_000, ""));
    assertThat(algorithm.modes.values()).contains(HashingMode.FULL);
    assertThat(algorithm.hashed).hasSize(201_000);
    assertThat(algorithm.hashed.values()).containsOnly(1);
    assertThat(events.sharesAtEnd.get(across))
        .isEqualTo(
            LongStream.range(10_000, 210_000).filter(ScriptedAlgorithm::isShare).boxed().toList());
    assertThat(miner.isInterim()).isFalse();
  }

  @Test
  void changesOverAfterTheBatchesAtHandAndFreesTheLightSeed() throws Exception {
    algorithm.stopHashing();
    Miner miner = miner(1);
    MiningTask task = task(1, 0, 12);
    miner.submit(task);
    algorithm.hashesBegun.acquire(2);
    algorithm.preparePermits.release();
    events.awaitPrepared();
    while (miner.isInterim()) {
      Thread.onSpinWait();
    }

    algorithm.goOnHashing();
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(task, 12, ""));
    for (long nonce = 0; nonce < 12; nonce++) {
      assertThat(algorithm.modes)
          .as("the batch that is hashed and the one that is loaded are light")
          .containsEntry(nonce, nonce < 4 ? HashingMode.LIGHT : HashingMode.FULL);
    }
    assertThat(algorithm.alive).as("the light seed").hasValue(1);
    assertThat(miner.isInterim()).isFalse();
  }

  @Test
  void freesALightSeedThatNoThreadHolds() throws Exception {
    Miner miner = miner(1);
    miner.pause();
    miner.submit(task(1, 0, 10));
    events.awaitInterim();
    algorithm.preparePermits.release();
    events.awaitPrepared();
    awaitSeeds(1);
    miner.resume();
    events.awaitEnd();
    assertThat(algorithm.modes.values()).containsOnly(HashingMode.FULL);
  }

  @Test
  void failsWithTheFullSeed() throws Exception {
    algorithm.failingPreparation = true;
    Miner miner = miner(2);
    MiningTask task = task(1, 0, 1_000_000_000);
    miner.submit(task);
    algorithm.hashesBegun.acquire(100);
    algorithm.preparePermits.release();

    assertThat(events.awaitSeedFailure()).contains("scripted trouble");
    RecordedEvents.End end = events.awaitEnd();
    assertThat(end.task()).isSameAs(task);
    assertThat(end.reason()).contains("scripted trouble");
    assertThat(end.searched()).isLessThanOrEqualTo(algorithm.hashed.size());

    algorithm.failingPreparation = false;
    algorithm.preparePermits.release();
    miner.submit(task(1, 2_000_000_000, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
  }

  @Test
  void givesALightSeedUpWithAPreparationThatNobodyNeeds() throws Exception {
    Miner miner = miner(1);
    MiningTask cancelled = task(1, 0, 1_000_000_000);
    miner.submit(cancelled);
    algorithm.hashesBegun.acquire(100);
    miner.cancel(cancelled);
    algorithm.preparationsBegun.drainPermits();
    miner.submit(task(2, 2_000_000_000, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.interruptedPreparations).hasValue(1);
    awaitSeeds(1);
  }

  @Test
  void finishesAPreparationWhoseTasksHaveRunOutMeanwhile() throws Exception {
    Miner miner = miner(1);
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(miner.state()).isEqualTo(MinerState.IDLE);
    algorithm.preparePermits.release();
    assertThat(events.awaitPrepared()).isEqualTo(seed(1));
    assertThat(algorithm.interruptedPreparations).hasValue(0);

    awaitSeeds(1);
    miner.submit(task(1, 1000, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.modes).containsEntry(1000L, HashingMode.FULL);
    assertThat(algorithm.preparations).hasValue(1);
  }

  @Test
  void closesWhileALightSeedIsInUse() throws Exception {
    Miner miner = miner(2);
    miner.submit(task(1, 0, 1_000_000_000));
    algorithm.hashesBegun.acquire(100);
    miner.close();
    assertThat(algorithm.alive).hasValue(0);
    assertThat(algorithm.interruptedPreparations).hasValue(1);
  }

  @Test
  void leavesThePreparingThreadsMostOfTheTime() throws Exception {
    algorithm.batchWatch = nonces -> clock.nowNanos.addAndGet(BATCH_NANOS);
    Miner miner = miner(1);
    miner.submit(task(1, 0, 1000));
    events.awaitEnd();
    assertThat((double) clock.nowNanos.get())
        .isCloseTo(10 * 500 * BATCH_NANOS, within(100_000_000.0));

    algorithm.preparePermits.release();
    events.awaitPrepared();
    awaitSeeds(1);
    long before = clock.nowNanos.get();
    miner.submit(task(1, 2000, 1000));
    events.awaitEnd();
    assertThat(clock.nowNanos.get() - before).isEqualTo(500 * BATCH_NANOS);
  }

  @Test
  void goesOnAtOnceWhenTheFullSeedIsReadyWhileItRests() throws Exception {
    algorithm.batchWatch = nonces -> clock.nowNanos.addAndGet(BATCH_NANOS);
    clock.endless = true;
    Miner miner = miner(1);
    miner.submit(task(1, 0, 100));
    clock.rests.acquire();
    algorithm.preparePermits.release();
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.modes.values()).contains(HashingMode.LIGHT, HashingMode.FULL);
  }

  @Test
  void hashesAsMuchAsThePreparationLeavesProcessors() {
    assertThat(SeedPreparer.interimPercent(8, 8)).isEqualTo(10);
    assertThat(SeedPreparer.interimPercent(1, 1)).isEqualTo(10);
    assertThat(SeedPreparer.interimPercent(8, 1)).isEqualTo(87);
    assertThat(SeedPreparer.interimPercent(2, 1)).isEqualTo(50);
  }

  @Test
  void mayUseALightSeedOfAnExpectedOne() throws Exception {
    algorithm.preparePermits.release();
    Miner miner = miner(2);
    miner.submit(task(1, 0, 10));
    events.awaitEnd();
    events.awaitPrepared();
    awaitSeeds(1);
    events.interims.clear();

    miner.expectSeed(seed(2));
    assertThat(events.awaitInterim()).isEqualTo(seed(2));
    miner.submit(task(2, 1000, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.modes).containsEntry(1000L, HashingMode.LIGHT);
    algorithm.preparePermits.release();
    assertThat(events.awaitPrepared()).isEqualTo(seed(2));
  }

  private void awaitSeeds(int count) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (algorithm.alive.get() != count) {
      assertThat(System.nanoTime()).as("seeds: %s", algorithm.alive).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private Miner miner(int threads) {
    Miner miner = Miner.start(MinerSettings.ofThreads(threads), events, clock);
    miners.add(miner);
    return miner;
  }

  private SeedKey seed(int number) {
    return SeedKey.of(algorithm, new byte[] {(byte) number}, HashingMode.FULL);
  }

  private MiningTask task(int seed, long start, long count) {
    return new MiningTask(
        seed(seed),
        new byte[16],
        ScriptedAlgorithm.nonceOffset(),
        start,
        count,
        Target.forDifficulty(16));
  }
}
