package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On a clock that only a batch of hashes, and a rest, moves forward. */
@Timeout(60)
class MinerThrottleTest {

  private static final long MILLISECOND = 1_000_000;
  private static final long BATCH_NANOS = 2 * MILLISECOND;
  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private final ScriptedAlgorithm algorithm = new ScriptedAlgorithm(2, true);
  private final RecordedEvents events = new RecordedEvents();
  private final ScriptedClock clock = new ScriptedClock();
  private final Miner miner = Miner.start(MinerSettings.ofThreads(1), events, clock);

  @BeforeEach
  void letHashesTakeTime() {
    algorithm.batchWatch = nonces -> clock.nowNanos.addAndGet(BATCH_NANOS);
  }

  @AfterEach
  void closesEverything() {
    miner.close();
    assertThat(algorithm.misuses).isEmpty();
    assertThat(algorithm.hashers).hasValue(0);
  }

  @Test
  void hashesForItsShareOfTheTime() throws Exception {
    miner.setThrottle(25);
    assertThat(miner.throttle()).isEqualTo(25);
    miner.submit(task(1, 0, 2000));
    events.awaitEnd();
    assertThat((double) clock.nowNanos.get())
        .isCloseTo(4 * 1000 * BATCH_NANOS, within(50.0 * MILLISECOND));

    miner.setThrottle(100);
    long before = clock.nowNanos.get();
    miner.submit(task(1, 5000, 2000));
    events.awaitEnd();
    assertThat(clock.nowNanos.get() - before).isEqualTo(1000 * BATCH_NANOS);
    assertThat(algorithm.hashed).hasSize(4000);
    assertThat(algorithm.hashed.values()).containsOnly(1);
  }

  @Test
  void countsQuickHashesOfOneClaimBeforeAndAfterARest() throws Exception {
    algorithm.batchWatch = nonces -> clock.nowNanos.addAndGet(2000);
    miner.setThrottle(50);
    miner.submit(task(1, 0, 100_000));
    events.awaitEnd();
    assertThat((double) clock.nowNanos.get())
        .isCloseTo(2 * 50_000 * 2000.0, within(12.0 * MILLISECOND));
  }

  @Test
  void goesOnAtOnceWhenTheThrottleIsOpened() throws Exception {
    restFor(task(1, 0, 1000));
    miner.submit(task(1, 2000, 10));
    assertThat(clock.resting).as("more work is no reason to stop resting").isTrue();
    miner.setThrottle(100);
    events.awaitEnd();
    events.awaitEnd();
    assertThat(algorithm.hashed).hasSize(1010);
  }

  @Test
  void closesAtOnceWhileItRests() throws Exception {
    restFor(task(1, 0, 1000));
    long before = System.nanoTime();
    miner.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(900));
    assertThat(algorithm.hashers).as("the thread has ended").hasValue(0);
  }

  @Test
  void pausesAtOnceWhileItRestsAndGoesOnWithItAfterwards() throws Exception {
    MiningTask task = task(1, 0, 1000);
    restFor(task);
    int hashedBefore = algorithm.hashed.size();
    miner.pause();
    awaitNoRest();
    FirstThread.awaitWaiting();
    assertThat(algorithm.hashed).hasSize(hashedBefore);
    miner.resume();
    clock.rests.acquire();
    clock.endless = false;
    miner.setThrottle(50);
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(task, 1000, ""));
    assertThat(algorithm.hashed.values()).containsOnly(1);
  }

  @Test
  void letsGoOfItsSeedAtOnceWhenEverythingIsCancelledWhileItRests() throws Exception {
    MiningTask task = task(1, 0, 1000);
    restFor(task);
    events.awaitPrepared();
    miner.cancel(task);
    awaitNoRest();
    assertThat(miner.state()).isEqualTo(MinerState.IDLE);

    clock.endless = false;
    for (int seed = 2; seed <= 4; seed++) {
      miner.submit(task(seed, 10_000L * seed, 10));
      events.awaitEnd();
    }
    assertThat(algorithm.mostAlive).hasValue(2);
  }

  @Test
  void refusesSharesThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> miner.setThrottle(0))
        .withMessageContaining("percent=0");
    assertThatIllegalArgumentException().isThrownBy(() -> miner.setThrottle(101));
    assertThat(miner.throttle()).isEqualTo(100);
  }

  /** Mines a task until the thread rests, which it does until something happens. */
  private void restFor(MiningTask task) throws InterruptedException {
    clock.endless = true;
    miner.setThrottle(1);
    miner.submit(task);
    clock.rests.acquire();
  }

  private void awaitNoRest() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (clock.resting) {
      assertThat(System.nanoTime()).as("should stop resting").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private MiningTask task(int seed, long start, long count) {
    SeedKey key = SeedKey.of(algorithm, new byte[] {(byte) seed}, HashingMode.LIGHT);
    return new MiningTask(
        key,
        new byte[16],
        ScriptedAlgorithm.nonceOffset(),
        start,
        count,
        Target.forDifficulty(1 << 20));
  }
}
