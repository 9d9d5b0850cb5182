package io.p2pmining.worker.monitor;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.worker.master.ConnectionLog;
import io.p2pmining.worker.work.WorkDesk;
import java.time.Duration;
import java.util.Locale;

/** The metrics {@code p2pmine.worker.*}. */
final class MiningMetrics implements MeterBinder {

  private static final String PREFIX = "p2pmine.worker.";
  private static final Duration WINDOW = Duration.ofSeconds(10);

  private final WorkDesk desk;
  private final ConnectionLog connection;

  MiningMetrics(WorkDesk desk, ConnectionLog connection) {
    this.desk = desk;
    this.connection = connection;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    bindHashing(registry);
    bindShares(registry);
    bindState(registry);
  }

  private void bindHashing(MeterRegistry registry) {
    FunctionCounter.builder(PREFIX + "hashes", desk, WorkDesk::totalHashes)
        .description("Hashes since the worker started")
        .register(registry);
    Gauge.builder(PREFIX + "hashes.per.second", desk, d -> d.rates().total(WINDOW))
        .description("Hash rate over the last ten seconds, all threads")
        .register(registry);
    for (int thread = 0; thread < desk.threadCount(); thread++) {
      int index = thread;
      Gauge.builder(
              PREFIX + "thread.hashes.per.second", desk, d -> d.rates().ofThread(index, WINDOW))
          .description("Hash rate over the last ten seconds, one thread")
          .tag("thread", String.valueOf(thread))
          .register(registry);
    }
    FunctionCounter.builder(
            PREFIX + "preparing", desk, d -> d.seeds().preparedTime().toMillis() / 1000.0)
        .baseUnit("seconds")
        .description("Time spent on preparing seeds since the worker started")
        .register(registry);
  }

  private void bindShares(MeterRegistry registry) {
    FunctionCounter.builder(PREFIX + "shares.found", desk, d -> d.shares().foundCount())
        .description("Shares that were found")
        .register(registry);
    FunctionCounter.builder(PREFIX + "shares.accepted", desk, d -> d.shares().acceptedCount())
        .description("Shares that the master has accepted")
        .register(registry);
    FunctionCounter.builder(PREFIX + "blocks.found", desk, d -> d.shares().blockCount())
        .description("Shares that made a block, as the master said")
        .register(registry);
    for (WorkunitAck.Rejection reason : WorkunitAck.Rejection.values()) {
      if (reason == WorkunitAck.Rejection.REJECTION_UNSPECIFIED
          || reason == WorkunitAck.Rejection.UNRECOGNIZED) {
        continue;
      }
      FunctionCounter.builder(
              PREFIX + "shares.rejected", desk, d -> d.shares().rejectedCount(reason))
          .description("Shares that the master has rejected")
          .tag("reason", word(reason.name().substring("REJECTION_".length())))
          .register(registry);
    }
  }

  private void bindState(MeterRegistry registry) {
    for (MinerState state : MinerState.values()) {
      Gauge.builder(PREFIX + "state", desk, d -> d.status().miner() == state ? 1 : 0)
          .description("1 for what the miner is doing now, 0 for the rest")
          .tag("state", word(state.name()))
          .register(registry);
    }
    Gauge.builder(PREFIX + "outbox.size", desk, d -> d.status().outboxSize())
        .description("Results that the master has not acknowledged")
        .register(registry);
    Gauge.builder(PREFIX + "units", desk, d -> d.status().unitsInHand())
        .description("Units in hand")
        .register(registry);
    Gauge.builder(PREFIX + "connected", connection, c -> c.isConnected() ? 1 : 0)
        .description("1 while there is a connection to the master")
        .register(registry);
    FunctionCounter.builder(PREFIX + "reconnects", connection, ConnectionLog::reconnects)
        .description("How often the connection to the master was made again")
        .register(registry);
  }

  private static String word(String constant) {
    return constant.toLowerCase(Locale.ROOT);
  }
}
