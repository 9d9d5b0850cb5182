package io.p2pmining.worker.monitor;

import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.EngineUse;
import io.p2pmining.worker.machine.TuningState;
import io.p2pmining.worker.work.DeskStatus;
import io.p2pmining.worker.work.WorkDesk;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while this machine cannot hash, for lack of memory for example; idle is not down. */
final class MinerHealth implements HealthIndicator {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final WorkDesk desk;
  private final AlgorithmCatalog catalog;

  MinerHealth(WorkDesk desk, AlgorithmCatalog catalog) {
    this.desk = desk;
    this.catalog = catalog;
  }

  @Override
  public Health health() {
    DeskStatus status = desk.status();
    Health.Builder health = status.trouble() == null ? Health.up() : Health.down();
    health
        .withDetail("state", status.miner().name().toLowerCase(Locale.ROOT))
        .withDetail("threads", desk.hashingThreads())
        .withDetail("hashesPerSecond", desk.rates().total(WINDOW))
        .withDetail("unitsInHand", status.unitsInHand())
        .withDetail("unacknowledgedResults", status.outboxSize());
    PowAlgorithm algorithm = status.algorithm();
    if (algorithm != null) {
      health.withDetail("algorithm", algorithm.name());
      health.withDetail("tuning", word(catalog.tuningOf(algorithm)));
      catalog.useOf(algorithm).ifPresent(use -> describe(use, health));
    }
    if (status.idleReason() != null) {
      health.withDetail("reason", status.idleReason());
    }
    if (status.trouble() != null) {
      health.withDetail("trouble", status.trouble());
    }
    return health.build();
  }

  private static String word(TuningState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static void describe(EngineUse use, Health.Builder health) {
    health
        .withDetail("engine", use.engine())
        .withDetail("instructions", use.instructions())
        .withDetail("mode", use.modeName())
        .withDetail("pages", use.pages())
        .withDetail("lanes", use.lanes());
  }
}
