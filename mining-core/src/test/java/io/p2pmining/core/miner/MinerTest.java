package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.pow.Target;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MinerTest {

  private static final Target ONE_IN_SIXTEEN = Target.forDifficulty(16);

  private final ScriptedAlgorithm algorithm = new ScriptedAlgorithm();
  private final RecordedEvents events = new RecordedEvents();
  private final List<Miner> miners = new ArrayList<>();

  @AfterEach
  void closesEverything() {
    algorithm.goOnHashing();
    for (Miner miner : miners) {
      miner.close();
    }
    assertThat(algorithm.hashers).as("hashers left open").hasValue(0);
    assertThat(algorithm.alive).as("seeds left open").hasValue(0);
  }

  @Test
  void findsEveryShareOfARangeExactlyOnce() throws Exception {
    PowAlgorithm sha256d = PowAlgorithms.load().find("sha256d").orElseThrow();
    SeedKey seed = SeedKey.of(sha256d, new byte[0], HashingMode.LIGHT);
    byte[] blob = new byte[80];
    new Random(7).nextBytes(blob);
    Target target = Target.forDifficulty(64);
    MiningTask task = new MiningTask(seed, blob, 76, 4_294_900_000L, 50_000, target);

    miner(3).submit(task);

    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(task, 50_000, ""));
    assertThat(events.noncesOf(task)).isEqualTo(sharesByBruteForce(sha256d, blob, task));
    assertThat(events.shares)
        .allSatisfy(share -> assertThat(target.isMetBy(share.hash())).isTrue());
  }

  @Test
  void hashesEachNonceOnceAndReportsWhatItFoundBeforeTheEnd() throws Exception {
    MiningTask task = task(1, 1000, 5000);
    miner(4).submit(task);

    assertThat(events.awaitEnd().searched()).isEqualTo(5000);
    assertThat(events.noncesOf(task))
        .isEqualTo(
            LongStream.range(1000, 6000).filter(ScriptedAlgorithm::isShare).boxed().toList());
    assertThat(algorithm.hashed).hasSize(5000).allSatisfy((n, c) -> assertThat(c).isEqualTo(1));
  }

  @Test
  void takesTheNextRangeWhileTheLastHashesOfTheFirstAreUnderWay() throws Exception {
    algorithm.stopHashing();
    Miner miner = miner(2);
    MiningTask first = task(1, 0, 1);
    MiningTask second = task(1, 100, 1);
    miner.submit(first);
    miner.submit(second);

    algorithm.hashesBegun.acquire(2);
    assertThat(miner.searched(first)).hasValue(0);
    assertThat(miner.searched(second)).hasValue(0);
    assertThat(miner.state()).isEqualTo(MinerState.MINING);
    algorithm.goOnHashing();
    assertThat(List.of(events.awaitEnd().task(), events.awaitEnd().task()))
        .containsExactlyInAnyOrder(first, second);
    assertThat(miner.state()).isEqualTo(MinerState.IDLE);
    assertThat(miner.searched(first)).isEmpty();
  }

  @Test
  void leavesACancelledTaskAfterTheHashInHandAndKeepsItsShare() throws Exception {
    algorithm.stopHashing();
    Miner miner = miner(1);
    long share =
        LongStream.iterate(0, n -> n + 1)
            .filter(ScriptedAlgorithm::isShare)
            .findFirst()
            .getAsLong();
    MiningTask cancelled = task(1, share, 1000);
    MiningTask next = task(1, 5_000_000, 1);
    miner.submit(cancelled);
    miner.submit(next);
    algorithm.hashesBegun.acquire();

    assertThat(miner.cancel(cancelled)).isTrue();
    assertThat(miner.cancel(cancelled)).isFalse();
    algorithm.goOnHashing();

    assertThat(events.awaitEnd().task()).isSameAs(next);
    assertThat(algorithm.hashed).containsOnlyKeys(share, 5_000_000L);
    assertThat(events.noncesOf(cancelled)).containsExactly(share);
  }

  @Test
  void goesOnWithWhatCanBeMinedWhileASeedIsPrepared() throws Exception {
    Miner miner = miner(2);
    MiningTask ready = task(1, 0, 10);
    miner.submit(ready);
    events.awaitEnd();
    algorithm.stopPreparing();
    algorithm.preparationsBegun.drainPermits();

    MiningTask waiting = task(2, 0, 10);
    miner.submit(waiting);
    algorithm.preparationsBegun.acquire();
    assertThat(miner.state()).isEqualTo(MinerState.PREPARING);
    MiningTask other = task(1, 100, 10);
    miner.submit(other);
    assertThat(events.awaitEnd().task()).isSameAs(other);
    assertThat(miner.state()).isEqualTo(MinerState.PREPARING);

    algorithm.preparePermits.release();
    assertThat(events.awaitEnd().task()).isSameAs(waiting);
  }

  @Test
  void preparesTheExpectedSeedOnOneThreadWhileTheOthersMine() throws Exception {
    algorithm.stopHashing();
    Miner miner = miner(2);
    miner.submit(task(1, 0, 1000));
    algorithm.hashesBegun.acquire(2);
    assertThat(algorithm.lastPreparationThreads).isEqualTo(2);

    miner.expectSeed(seed(2));
    assertThat(events.awaitPrepared()).isEqualTo(seed(1));
    assertThat(events.awaitPrepared()).isEqualTo(seed(2));
    assertThat(algorithm.lastPreparationThreads).isEqualTo(1);
    assertThat(miner.state()).isEqualTo(MinerState.MINING);

    miner.submit(task(2, 0, 10));
    algorithm.goOnHashing();
    events.awaitEnd();
    events.awaitEnd();
    assertThat(algorithm.preparations).hasValue(2);
  }

  @Test
  void keepsAtMostTwoSeedsAliveAndPreparesOneAtATime() throws Exception {
    Miner miner = miner(3);
    for (int seed = 1; seed <= 12; seed++) {
      miner.submit(task(seed % 4, seed * 1000, 300));
    }
    for (int i = 0; i < 12; i++) {
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
    assertThat(algorithm.mostAlive).hasValue(2);
    assertThat(algorithm.mostPreparing).hasValue(1);
  }

  @Test
  void givesATaskUpWhenMemoryIsShortAndSaysHowMuchIsMissing() throws Exception {
    long[] available = {100L << 20};
    Miner miner = miner(new MinerSettings(2, 0, () -> available[0], 64L << 20));
    MiningTask task = task(1, 0, 10);
    miner.submit(task);

    RecordedEvents.End end = events.awaitEnd();
    assertThat(end.task()).isSameAs(task);
    assertThat(end.reason()).contains("336 MiB").contains("100 MiB").contains("fewer threads");
    assertThat(algorithm.preparations).hasValue(0);

    available[0] = 336L << 20;
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
  }

  @Test
  void asksAnewHowMuchMemoryMustStayFree() throws Exception {
    AtomicLong reserve = new AtomicLong(1000L << 20);
    Miner miner =
        miner(
            new MinerSettings(
                2,
                0,
                () -> 1000L << 20,
                reserve::get,
                EngineSettings.AUTO,
                List.of(),
                ThreadSetup.NONE,
                0));
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).contains("of which 1000 MiB stay free for others");

    reserve.set(64L << 20);
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
  }

  @Test
  void waitsForOthersToFreeWhatTheyShareBeforeItGivesATaskUp() throws Exception {
    AtomicLong available = new AtomicLong(100L << 20);
    Semaphore asked = new Semaphore(0);
    MinerSettings settings =
        new MinerSettings(
                2,
                0,
                () -> {
                  asked.release();
                  return available.get();
                },
                64L << 20)
            .withEngine(
                EngineSettings.AUTO.withSharing(Sharing.through(Path.of("nobody looks into it"))));
    ScriptedClock clock = new ScriptedClock();
    Miner miner = Miner.start(settings, events, clock);
    miners.add(miner);
    miner.submit(task(1, 0, 10));
    asked.acquire();
    available.set(1000L << 20);
    miner.expectSeed(null);
    assertThat(events.awaitEnd().reason()).isEmpty();

    available.set(100L << 20);
    MiningTask hopeless = task(2, 0, 10);
    miner.submit(hopeless);
    while (miner.searched(hopeless).isPresent()) {
      clock.nowNanos.addAndGet(Duration.ofSeconds(1).toNanos());
      miner.expectSeed(null);
      Thread.onSpinWait();
    }
    assertThat(events.awaitEnd().reason()).contains("100 MiB are available");
    assertThat(Duration.ofNanos(clock.nanoTime())).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void makesRoomForANeededSeedButNotForAnExpectedOne() throws Exception {
    long memory = 400L << 20;
    MinerSettings oneSeedFits =
        new MinerSettings(
            1, 0, () -> memory - algorithm.alive.get() * ScriptedAlgorithm.SEED_BYTES, 0);
    Miner miner = miner(oneSeedFits);
    miner.submit(task(1, 0, 10));
    events.awaitEnd();

    miner.expectSeed(seed(2));
    miner.submit(task(1, 100, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.preparations).hasValue(1);

    miner.submit(task(2, 200, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.preparations).hasValue(2);
    assertThat(algorithm.mostAlive).hasValue(1);
  }

  @Test
  void interruptsAPreparationThatNobodyNeedsAnyMore() throws Exception {
    algorithm.stopPreparing();
    Miner miner = miner(1);
    MiningTask obsolete = task(1, 0, 10);
    miner.submit(obsolete);
    algorithm.preparationsBegun.acquire();

    miner.cancel(obsolete);
    miner.submit(task(2, 0, 10));
    algorithm.preparationsBegun.acquire();
    algorithm.preparePermits.release();

    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.interruptedPreparations).hasValue(1);
  }

  @Test
  void failsTasksWhoseSeedCannotBePrepared() throws Exception {
    algorithm.failingPreparation = true;
    Miner miner = miner(1);
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitSeedFailure()).contains("scripted trouble");
    assertThat(events.awaitEnd().reason()).contains("scripted trouble");

    algorithm.failingPreparation = false;
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
  }

  @Test
  void failsATaskWhoseHasherThrowsAndMinesTheNext() throws Exception {
    algorithm.failingNonce = 700;
    Miner miner = miner(2);
    MiningTask bad = task(1, 0, 1_000_000);
    MiningTask good = task(1, 2_000_000, 10);
    miner.submit(bad);
    miner.submit(good);

    List<RecordedEvents.End> ends = List.of(events.awaitEnd(), events.awaitEnd());
    assertThat(ends).contains(new RecordedEvents.End(good, 10, ""));
    assertThat(ends)
        .filteredOn(end -> end.task() == bad)
        .singleElement()
        .satisfies(end -> assertThat(end.searched()).isLessThanOrEqualTo(700))
        .satisfies(end -> assertThat(end.reason()).contains("scripted trouble"));
  }

  @Test
  void neitherLosesNorRepeatsANonceOverAPause() throws Exception {
    Miner miner = miner(2);
    MiningTask task = task(1, 0, 200_000);
    miner.submit(task);
    algorithm.hashesBegun.acquire(1000);
    miner.pause();
    assertThat(miner.state()).isEqualTo(MinerState.PAUSED);
    miner.resume();

    assertThat(events.awaitEnd().searched()).isEqualTo(200_000);
    assertThat(algorithm.hashed).hasSize(200_000);
    assertThat(algorithm.hashed.values()).containsOnly(1);
  }

  @Test
  void pausesEachThreadAfterTheHashItIsAtEvenInsideABatch() throws Exception {
    Miner miner = miner(2);
    MiningTask task = task(1, 0, 1L << 30);
    miner.submit(task);
    algorithm.hashesBegun.acquire(10_000);
    algorithm.stopHashing();
    miner.pause();
    int hashedBefore = algorithm.hashed.size();

    algorithm.goOnHashing();
    assertThat(miner.cancel(task)).isTrue();
    miner.close();
    assertThat(algorithm.hashed.size()).isLessThanOrEqualTo(hashedBefore + 2);
  }

  @Test
  void stopsWithinTwoSecondsInTheMiddleOfARangeAndAPreparation() throws Exception {
    Miner miner = miner(2);
    miner.submit(task(1, 0, 1L << 31));
    events.awaitPrepared();
    algorithm.stopPreparing();
    algorithm.preparationsBegun.drainPermits();
    miner.submit(task(2, 0, 1000));
    algorithm.preparationsBegun.acquire();

    long before = System.nanoTime();
    miner.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(miner.state()).isEqualTo(MinerState.STOPPED);
    assertThat(algorithm.interruptedPreparations).hasValue(1);
    assertThatIllegalStateException().isThrownBy(() -> miner.submit(task(1, 0, 1)));
  }

  @Test
  void refusesMoreTasksThanItsLimit() {
    algorithm.stopHashing();
    Miner miner = miner(1);
    for (int i = 0; i < Miner.MAX_TASKS; i++) {
      miner.submit(task(1, 0, 10));
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> miner.submit(task(1, 0, 10)))
        .withMessageContaining("limit=32");
  }

  @Test
  void allocatesNothingPerHash() throws Exception {
    SeedKey seed =
        SeedKey.of(
            PowAlgorithms.load().find("sha256d").orElseThrow(), new byte[0], HashingMode.LIGHT);
    Target never = Target.forDifficulty(Long.MAX_VALUE);
    Miner miner = miner(1);
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().equals("miner-0"))
            .findFirst()
            .orElseThrow();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    miner.submit(new MiningTask(seed, new byte[80], 76, 0, 20_000, never));
    events.awaitEnd();

    long before = threads.getThreadAllocatedBytes(thread.threadId());
    miner.submit(new MiningTask(seed, new byte[80], 76, 0, 200_000, never));
    events.awaitEnd();
    long bytes = threads.getThreadAllocatedBytes(thread.threadId()) - before;
    assertThat(bytes).as("bytes for 200000 hashes").isLessThan(20_000);
  }

  private static List<Long> sharesByBruteForce(PowAlgorithm algorithm, byte[] blob, MiningTask task)
      throws Exception {
    List<Long> shares = new ArrayList<>();
    byte[] input = blob.clone();
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    try (PreparedSeed seed =
            algorithm.prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
        Hasher hasher = seed.newHasher()) {
      for (long nonce = task.nonceStart(); nonce < task.nonceStart() + task.nonceCount(); nonce++) {
        for (int i = 0; i < 4; i++) {
          input[76 + i] = (byte) (nonce >>> (8 * i));
        }
        hasher.hash(input, input.length, hash);
        if (task.shareTarget().isMetBy(hash)) {
          shares.add(nonce);
        }
      }
    }
    return shares;
  }

  private Miner miner(int threads) {
    return miner(MinerSettings.ofThreads(threads));
  }

  private Miner miner(MinerSettings settings) {
    Miner miner = Miner.start(settings, events);
    miners.add(miner);
    return miner;
  }

  private SeedKey seed(int number) {
    return SeedKey.of(algorithm, new byte[] {(byte) number}, HashingMode.LIGHT);
  }

  private MiningTask task(int seed, long start, long count) {
    return new MiningTask(
        seed(seed), new byte[16], ScriptedAlgorithm.nonceOffset(), start, count, ONE_IN_SIXTEEN);
  }
}
