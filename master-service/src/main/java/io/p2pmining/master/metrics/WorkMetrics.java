package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.verify.PooledVerifier;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Units, shares, blocks and their verification. */
@Component
final class WorkMetrics implements MeterBinder {

  private final WorkQueue queue;
  private final ShareLedger ledger;
  private final PooledVerifier verifier;

  WorkMetrics(WorkQueue queue, ShareLedger ledger, PooledVerifier verifier) {
    this.queue = queue;
    this.ledger = ledger;
    this.verifier = verifier;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    bindUnits(meters);
    bindShares(meters);
    bindBlocks(meters);
    bindVerification(meters);
  }

  private void bindUnits(MeterRegistry meters) {
    for (UnitState state : UnitState.values()) {
      Gauge.builder("p2pmine.workunits", queue, q -> q.countByState().getOrDefault(state, 0L))
          .description("Work units in each state; in final states, since the start")
          .tag("state", label(state))
          .register(meters);
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
          .tag("reason", label(reason))
          .register(meters);
    }
  }

  private void bindBlocks(MeterRegistry meters) {
    for (BlockOutcome.State outcome : BlockOutcome.State.values()) {
      Gauge.builder("p2pmine.blocks", ledger, l -> l.blockOutcomes().getOrDefault(outcome, 0L))
          .description("Blocks found since the start, by what became of them")
          .tag("outcome", label(outcome))
          .register(meters);
    }
  }

  private void bindVerification(MeterRegistry meters) {
    Gauge.builder("p2pmine.verification.waiting", verifier, PooledVerifier::waiting)
        .description("Shares that wait to be verified")
        .register(meters);
    Gauge.builder("p2pmine.verification.capacity", verifier, PooledVerifier::verificationsPerSecond)
        .description("Shares that could be verified in a second, as measured lately")
        .register(meters);
    Gauge.builder("p2pmine.verification.duration", verifier, PooledVerifier::averageSeconds)
        .description("Seconds that one verification takes, as measured lately")
        .baseUnit("seconds")
        .register(meters);
    FunctionCounter.builder(
            "p2pmine.verification.disagreements", verifier, PooledVerifier::disagreements)
        .description("Hashes that generated code got wrong on this machine")
        .register(meters);
    FunctionCounter.builder("p2pmine.verifications", verifier, PooledVerifier::verified)
        .description("Shares that were recomputed")
        .register(meters);
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
