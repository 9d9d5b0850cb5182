package io.p2pmining.worker.work;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static io.p2pmining.worker.work.Units.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.core.cpu.Answer;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.miner.PauseReason;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.service.tracing.UnrecordedSpans;
import io.p2pmining.worker.MutableClock;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OwnerWatchTest {

  private static final NodeId MASTER = NodeId.ofHex("0123456789abcdef0123456789abcdef");

  private final AlgorithmCatalog catalog =
      new AlgorithmCatalog(PowAlgorithms.load(), HashingMode.LIGHT);
  private final WorkDesk desk =
      new WorkDesk(
          new DeskPolicy(16, Duration.ofSeconds(5), Duration.ofSeconds(30), 100),
          MinerSettings.ofThreads(1),
          catalog,
          new MiningTuning(Optional.empty(), catalog),
          () -> Capabilities.newBuilder().setCores(1).build(),
          new UnrecordedSpans(new Random(1)),
          new MutableClock(),
          () -> {});
  private final Map<PauseReason, Answer> answers = new EnumMap<>(PauseReason.class);
  private final OwnerWatch watch =
      new OwnerWatch(
          Map.of(
              PauseReason.ON_BATTERY, answer(PauseReason.ON_BATTERY),
              PauseReason.DESKTOP_ACTIVE, answer(PauseReason.DESKTOP_ACTIVE)),
          desk);

  private Supplier<Answer> answer(PauseReason reason) {
    return () -> answers.getOrDefault(reason, Answer.NO);
  }

  @AfterEach
  void close() {
    watch.close();
    desk.close();
  }

  @Test
  void hashingWaitsUntilNeitherReasonIsLeft() {
    desk.attach(new RecordedLink(), MASTER, 2);
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    await().until(() -> desk.status().miner() == MinerState.MINING);

    answers.put(PauseReason.ON_BATTERY, Answer.YES);
    answers.put(PauseReason.DESKTOP_ACTIVE, Answer.YES);
    watch.ask();
    assertThat(desk.status().miner()).isEqualTo(MinerState.PAUSED);
    assertThat(desk.status().idleReason())
        .isEqualTo("somebody is using this machine; this machine runs on its battery");

    answers.put(PauseReason.ON_BATTERY, Answer.NO);
    watch.ask();
    assertThat(desk.status().miner()).isEqualTo(MinerState.PAUSED);

    answers.put(PauseReason.DESKTOP_ACTIVE, Answer.UNKNOWN);
    watch.ask();
    await().until(() -> desk.status().miner() == MinerState.MINING);
  }
}
