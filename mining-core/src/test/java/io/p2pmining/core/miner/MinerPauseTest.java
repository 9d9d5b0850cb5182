package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.miner.PauseCondition.Answer;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MinerPauseTest {

  private final ScriptedAlgorithm algorithm = new ScriptedAlgorithm(2, true);
  private final RecordedEvents events = new RecordedEvents();
  private final Miner miner = Miner.start(MinerSettings.ofThreads(1), events);
  private final DrivenScheduler scheduler = new DrivenScheduler();
  private Answer onBattery = Answer.NO;
  private Answer desktopActive = Answer.NO;

  @AfterEach
  void closesEverything() {
    algorithm.goOnHashing();
    miner.close();
    assertThat(algorithm.misuses).isEmpty();
  }

  @Test
  void hashesAgainOnlyWhenEveryReasonIsWithdrawn() throws Exception {
    assertThat(miner.pauseReasons()).isEmpty();
    assertThat(miner.pause(PauseReason.ON_BATTERY)).isTrue();
    assertThat(miner.pause(PauseReason.ON_BATTERY)).isFalse();
    miner.pause();
    miner.submit(task(0, 10));
    assertThat(miner.pauseReasons())
        .containsExactlyInAnyOrder(PauseReason.REQUEST, PauseReason.ON_BATTERY);

    assertThat(miner.resume(PauseReason.DESKTOP_ACTIVE)).isFalse();
    miner.resume();
    assertThat(miner.state()).isEqualTo(MinerState.PAUSED);
    assertThat(miner.pauseReasons()).containsExactly(PauseReason.ON_BATTERY);
    events.awaitPrepared();
    FirstThread.awaitWaiting();
    assertThat(algorithm.hashed).isEmpty();

    assertThat(miner.resume(PauseReason.ON_BATTERY)).isTrue();
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(miner.state()).isEqualTo(MinerState.IDLE);
  }

  @Test
  void watchesTheMachineAtTheGivenInterval() throws Exception {
    try (PauseWatch watch = watch()) {
      assertThat(scheduler.repetition.delayNanos).isEqualTo(Duration.ofSeconds(5).toNanos());
      onBattery = Answer.YES;
      scheduler.tick();
      assertThat(miner.pauseReasons()).containsExactly(PauseReason.ON_BATTERY);
      desktopActive = Answer.YES;
      scheduler.tick();
      onBattery = Answer.NO;
      scheduler.tick();
      assertThat(miner.pauseReasons()).containsExactly(PauseReason.DESKTOP_ACTIVE);
      assertThat(miner.state()).isEqualTo(MinerState.PAUSED);
      desktopActive = Answer.NO;
      scheduler.tick();
      assertThat(miner.pauseReasons()).isEmpty();

      miner.submit(task(0, 10));
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
  }

  @Test
  void pausesForNothingThatTheMachineDoesNotSay() {
    try (PauseWatch watch = watch()) {
      onBattery = Answer.UNKNOWN;
      scheduler.tick();
      assertThat(miner.pauseReasons()).isEmpty();
      onBattery = Answer.YES;
      scheduler.tick();
      onBattery = Answer.UNKNOWN;
      scheduler.tick();
      assertThat(miner.pauseReasons()).isEmpty();
    }
  }

  @Test
  void takesAConditionThatFailsForUnknownAndAsksTheOthers() {
    PauseCondition broken =
        () -> {
          throw new IllegalStateException("scripted trouble");
        };
    Map<PauseReason, PauseCondition> conditions =
        Map.of(PauseReason.ON_BATTERY, broken, PauseReason.DESKTOP_ACTIVE, () -> desktopActive);
    try (PauseWatch watch = PauseWatch.start(miner, conditions, scheduler, Duration.ofSeconds(5))) {
      desktopActive = Answer.YES;
      scheduler.tick();
      assertThat(miner.pauseReasons()).containsExactly(PauseReason.DESKTOP_ACTIVE);
    }
  }

  @Test
  void withdrawsItsOwnReasonsAndNoOthersWhenItIsClosed() {
    PauseWatch watch = watch();
    onBattery = Answer.YES;
    scheduler.tick();
    miner.pause();
    watch.close();
    assertThat(miner.pauseReasons()).containsExactly(PauseReason.REQUEST);
    assertThat(scheduler.repetition.isCancelled()).isTrue();
    scheduler.repetition.command.run();
    assertThat(miner.pauseReasons()).as("asked too late").containsExactly(PauseReason.REQUEST);
  }

  private PauseWatch watch() {
    Map<PauseReason, PauseCondition> conditions =
        Map.of(
            PauseReason.ON_BATTERY,
            () -> onBattery,
            PauseReason.DESKTOP_ACTIVE,
            () -> desktopActive);
    return PauseWatch.start(miner, conditions, scheduler, Duration.ofSeconds(5));
  }

  private MiningTask task(long start, long count) {
    SeedKey key = SeedKey.of(algorithm, new byte[0], HashingMode.LIGHT);
    return new MiningTask(
        key, new byte[16], ScriptedAlgorithm.nonceOffset(), start, count, Target.EASIEST);
  }
}
