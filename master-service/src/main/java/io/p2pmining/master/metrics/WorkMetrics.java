package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.dispatch.SerialExecutor;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import org.springframework.stereotype.Component;

/** Units, shares and blocks. */
@Component
final class WorkMetrics implements MeterBinder {

  private final WorkQueue queue;
  private final ShareLedger ledger;
  private final SerialExecutor executor;

  WorkMetrics(WorkQueue queue, ShareLedger ledger, SerialExecutor executor) {
    this.queue = queue;
    this.ledger = ledger;
    this.executor = executor;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    bindUnits(meters);
    bindShares(meters);
    bindBlocks(meters);
    Gauge.builder("p2pmine.dispatch.queue.size", executor, SerialExecutor::waiting)
        .description("Tasks that wait for the dispatcher's thread")
        .register(meters);
  }

  private void bindUnits(MeterRegistry meters) {
    for (UnitState state : UnitState.values()) {
      if (state.isFinal()) {
        FunctionCounter.builder(
                "p2pmine.workunits.ended", queue, q -> q.countByState().getOrDefault(state, 0L))
            .description("Work units that have ended")
            .tag("outcome", Labels.of(state))
            .register(meters);
      } else {
        Gauge.builder("p2pmine.workunits", queue, q -> q.countByState().getOrDefault(state, 0L))
            .description("Work units in each state")
            .tag("state", Labels.of(state))
            .register(meters);
      }
    }
  }

  private void bindShares(MeterRegistry meters) {
    FunctionCounter.builder(
            "p2pmine.shares.accepted", ledger, l -> l.total().accepted() + l.revoked())
        .description("Shares that were credited, whether or not they were taken back later")
        .register(meters);
    FunctionCounter.builder(
            "p2pmine.shares.accepted.difficulty",
            ledger,
            l -> l.acceptedDifficulty().add(l.revokedDifficulty()).doubleValue())
        .description("Hashes that the credited shares stand for")
        .register(meters);
    FunctionCounter.builder("p2pmine.shares.revoked", ledger, ShareLedger::revoked)
        .description("Shares that were credited on trust and taken back")
        .register(meters);
    for (Rejection reason : Rejection.values()) {
      FunctionCounter.builder(
              "p2pmine.shares.rejected", ledger, l -> l.total().rejected().getOrDefault(reason, 0L))
          .description("Shares that were not credited")
          .tag("reason", Labels.of(reason))
          .register(meters);
    }
  }

  private void bindBlocks(MeterRegistry meters) {
    for (BlockOutcome.State outcome : BlockOutcome.State.values()) {
      Gauge.builder("p2pmine.blocks", ledger, l -> l.blockOutcomes().getOrDefault(outcome, 0L))
          .description("Blocks found, by what became of them")
          .tag("outcome", Labels.of(outcome))
          .register(meters);
    }
  }
}
