package io.p2pmining.master.store;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobProgress;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.peer.RateSample;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.store.schema.tables.records.BlockRecord;
import io.p2pmining.master.store.schema.tables.records.HashRateSampleRecord;
import io.p2pmining.master.store.schema.tables.records.JobRecord;
import io.p2pmining.master.store.schema.tables.records.RedoRecord;
import io.p2pmining.master.store.schema.tables.records.ShareRecord;
import io.p2pmining.master.store.schema.tables.records.StandingRecord;
import io.p2pmining.master.store.schema.tables.records.WorkUnitRecord;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import org.jspecify.annotations.Nullable;

/** Rows as what they stand for. */
final class Rows {

  private Rows() {}

  static JobView job(JobRecord row) {
    Job job =
        new Job(
            row.getId(),
            row.getSource(),
            row.getAlgorithm(),
            Columns.bytes(row.getBlob()),
            row.getNonceOffset(),
            new NonceRange(row.getNonceStart(), row.getNonceCount()),
            Columns.bytes(row.getSeedHash()),
            Columns.bytes(row.getNextSeedHash()),
            Columns.target(row.getNetworkTarget()),
            row.getHeight(),
            Columns.bytes(row.getExtraNonce()),
            row.getCreatedAt(),
            terms(row),
            trace(row));
    return new JobView(
        job,
        JobState.valueOf(row.getState()),
        row.getIsCurrent(),
        row.getNoncesCut(),
        new JobProgress(
            row.getNonceCount() + row.getNoncesAdded(),
            row.getNoncesSearched(),
            row.getNoncesFailed(),
            row.getNoncesCancelled(),
            row.getSharesFound(),
            0),
        row.getEndedAt());
  }

  private static @Nullable FiniteTerms terms(JobRecord row) {
    Integer priority = row.getPriority();
    Target shareTarget = Columns.target(row.getShareTarget());
    Long stopAfterShares = row.getStopAfterShares();
    return priority == null || shareTarget == null || stopAfterShares == null
        ? null
        : new FiniteTerms(priority, shareTarget, stopAfterShares);
  }

  private static @Nullable TraceContext trace(JobRecord row) {
    String traceparent = row.getTraceparent();
    return traceparent == null ? null : TraceContext.parse(traceparent).orElse(null);
  }

  static WorkUnit unit(WorkUnitRecord row) {
    return new WorkUnit(
        row.getId(),
        row.getJobId(),
        UnitState.valueOf(row.getState()),
        new NonceRange(row.getNonceStart(), row.getNonceCount()),
        row.getSearched(),
        Columns.peerOrNull(row.getPeerId()),
        row.getLease(),
        row.getLeaseStart(),
        Columns.target(row.getShareTarget()),
        row.getLeaseExpiresAt(),
        row.getAttempts(),
        row.getResultId(),
        row.getCreatedAt(),
        row.getUpdatedAt());
  }

  static Share share(ShareRecord row) {
    return new Share(
        row.getId(),
        row.getJobId(),
        row.getNonce(),
        Columns.bytes(row.getHash()),
        row.getDifficulty(),
        Columns.peer(row.getPeerId()),
        row.getFoundAt(),
        row.getIsBlock());
  }

  static FoundBlock block(BlockRecord row) {
    return new FoundBlock(
        row.getId(),
        row.getJobId(),
        row.getHeight(),
        row.getNonce(),
        Columns.bytes(row.getHash()),
        row.getDifficulty(),
        Columns.peer(row.getPeerId()),
        row.getFoundAt(),
        BlockOutcome.State.valueOf(row.getOutcome()),
        row.getDetail());
  }

  static Standing standing(StandingRecord row) {
    return new Standing(
        ServiceState.valueOf(row.getState()), row.getReason(), row.getBegunAt(), row.getEndsAt());
  }

  static Redone redone(RedoRecord row) {
    return new Redone(
        new UnitRef(row.getUnitId(), row.getLease()),
        row.getJobId(),
        Columns.peer(row.getFirstPeerId()),
        Columns.peer(row.getSecondPeerId()),
        new NonceRange(row.getNonceStart(), row.getNonceCount()),
        row.getMatched(),
        row.getMissedByFirst(),
        row.getMissedBySecond(),
        row.getComparedAt());
  }

  static RateSample sample(HashRateSampleRecord row) {
    return new RateSample(row.getBegunAt(), row.getHashesPerSecond(), row.getMeasurements());
  }
}
