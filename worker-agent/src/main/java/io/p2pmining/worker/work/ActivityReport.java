package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.CapabilityReport;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What the worker tells its master with each heartbeat. Safe for use by any thread. */
public final class ActivityReport implements Supplier<Heartbeat> {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final WorkDesk desk;
  private final AlgorithmCatalog catalog;
  private final LongSupplier availableMemoryBytes;

  public ActivityReport(
      WorkDesk desk, AlgorithmCatalog catalog, LongSupplier availableMemoryBytes) {
    this.desk = desk;
    this.catalog = catalog;
    this.availableMemoryBytes = availableMemoryBytes;
  }

  /** The message as of now, without what the connection fills in. */
  @Override
  public Heartbeat get() {
    DeskStatus status = desk.status();
    Heartbeat.Builder heartbeat =
        Heartbeat.newBuilder()
            .setHashesPerSecond(desk.rates().total(WINDOW))
            .setHashesTotal(desk.totalHashes())
            .setMemoryAvailableBytes(availableMemoryBytes.getAsLong())
            .setState(
                switch (status.miner()) {
                  case PREPARING -> Heartbeat.State.STATE_PREPARING;
                  case MINING -> Heartbeat.State.STATE_MINING;
                  case IDLE, PAUSED, STOPPED -> Heartbeat.State.STATE_IDLE;
                });
    PowAlgorithm algorithm = status.algorithm();
    if (algorithm != null) {
      heartbeat
          .setAlgorithm(algorithm.name())
          .setMode(CapabilityReport.onWire(catalog.modeOf(algorithm)));
    }
    return heartbeat.build();
  }
}
