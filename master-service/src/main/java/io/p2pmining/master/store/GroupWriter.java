package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.BLOCK;
import static io.p2pmining.master.store.schema.Tables.JOB;
import static io.p2pmining.master.store.schema.Tables.PAST_LEASE;
import static io.p2pmining.master.store.schema.Tables.SHARE;
import static io.p2pmining.master.store.schema.Tables.TOTAL;
import static io.p2pmining.master.store.schema.Tables.WORK_UNIT;

import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobProgress;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jooq.Field;

/** Writes groups through statements that stay prepared for as long as the connection lives. */
final class GroupWriter implements AutoCloseable {

  /** What changes of a job after it arrived. */
  private static final List<Field<?>> JOB_CHANGES =
      List.of(
          JOB.STATE,
          JOB.IS_CURRENT,
          JOB.NONCES_CUT,
          JOB.ENDED_AT,
          JOB.NONCES_ADDED,
          JOB.NONCES_SEARCHED,
          JOB.NONCES_FAILED,
          JOB.NONCES_CANCELLED,
          JOB.SHARES_FOUND);

  /** What changes of a unit after it was cut. */
  private static final List<Field<?>> UNIT_CHANGES =
      List.of(
          WORK_UNIT.STATE,
          WORK_UNIT.NONCE_COUNT,
          WORK_UNIT.SEARCHED,
          WORK_UNIT.PEER_ID,
          WORK_UNIT.LEASE,
          WORK_UNIT.LEASE_START,
          WORK_UNIT.SHARE_TARGET,
          WORK_UNIT.LEASE_EXPIRES_AT,
          WORK_UNIT.ATTEMPTS,
          WORK_UNIT.RESULT_ID,
          WORK_UNIT.UPDATED_AT);

  /** What changes of a block after it was found. */
  private static final List<Field<?>> BLOCK_CHANGES =
      List.of(BLOCK.HASH, BLOCK.OUTCOME, BLOCK.DETAIL);

  private final UUID master;
  private final LongSupplier jobNumbers;
  private final PeerWriter peers;
  private final TrustWriter trust;
  private final SampleWriter samples;
  private final AnswerWriter answers;
  private final Batch newJobs;
  private final Batch jobs;
  private final Batch newUnits;
  private final Batch units;
  private final Batch leases;
  private final Batch shares;
  private final Batch revokedShares;
  private final Batch newBlocks;
  private final Batch blocks;
  private final Upsert<Map.Entry<Total, BigInteger>> totals;

  GroupWriter(Connection connection, UUID master, LongSupplier jobNumbers) throws SQLException {
    this.master = master;
    this.jobNumbers = jobNumbers;
    peers = new PeerWriter(connection, master);
    trust = new TrustWriter(connection);
    samples = new SampleWriter(connection, master);
    answers = new AnswerWriter(connection, master);
    newJobs = Batch.insert(connection, JOB, JOB_CHANGES);
    jobs = Batch.update(connection, JOB, JOB_CHANGES, List.of(JOB.ID));
    newUnits = Batch.insert(connection, WORK_UNIT, UNIT_CHANGES);
    units = Batch.update(connection, WORK_UNIT, UNIT_CHANGES, List.of(WORK_UNIT.ID));
    leases = Batch.insert(connection, PAST_LEASE);
    shares = Batch.insert(connection, SHARE);
    revokedShares = Batch.delete(connection, SHARE, List.of(SHARE.ID));
    newBlocks = Batch.insert(connection, BLOCK, BLOCK_CHANGES);
    blocks = Batch.update(connection, BLOCK, BLOCK_CHANGES, List.of(BLOCK.ID));
    totals =
        Upsert.adding(
            connection,
            TOTAL,
            List.of(TOTAL.AMOUNT),
            List.of(TOTAL.MASTER_ID, TOTAL.NAME),
            (row, grown) -> row.set(grown.getValue()).set(master).set(grown.getKey().name()));
  }

  void write(Group group) throws SQLException {
    for (JobChange change : group.jobs()) {
      write(change);
    }
    newJobs.execute();
    jobs.execute();
    for (UnitChange change : group.units()) {
      write(change);
    }
    newUnits.execute();
    units.execute();
    for (PastLease lease : group.leases()) {
      write(lease);
    }
    leases.execute();
    for (CreditedShare share : group.shares()) {
      write(share);
    }
    shares.execute();
    for (long id : group.revokedShares()) {
      revokedShares.set(id).add();
    }
    revokedShares.execute();
    for (BlockChange change : group.blocks()) {
      write(change);
    }
    newBlocks.execute();
    blocks.execute();
    peers.write(group);
    trust.write(group);
    samples.write(group.samples());
    answers.write(group.answers());
    totals.write(group.totals().entrySet());
  }

  private void write(JobChange change) throws SQLException {
    Job job = change.view().job();
    if (!change.isNew()) {
      bindChanges(jobs, change.view()).set(job.id()).add();
      return;
    }
    FiniteTerms terms = job.finite();
    bindChanges(newJobs, change.view())
        .set(job.id())
        .set(jobNumbers.getAsLong())
        .set(master)
        .set(job.source())
        .set(job.algorithm())
        .set(job.blob().toArray())
        .set(job.nonceOffset())
        .set(job.range().start())
        .set(job.range().count())
        .set(job.seedHash().toArray())
        .set(job.nextSeedHash().toArray())
        .set(Columns.bytes(job.networkTarget()))
        .set(job.height())
        .set(job.extraNonce().toArray())
        .set(change.keepsake().toArray())
        .set(job.createdAt())
        .set(terms == null ? null : (Integer) terms.priority())
        .set(terms == null ? null : terms.shareTarget().toLittleEndian())
        .set(terms == null ? null : (Long) terms.stopAfterShares())
        .set(job.trace() == null ? null : job.trace().toString())
        .add();
  }

  private static Batch bindChanges(Batch row, JobView view) throws SQLException {
    JobProgress progress = view.progress();
    return row.set(view.state().name())
        .set(view.current())
        .set(view.noncesCut())
        .set(view.endedAt())
        .set(progress.nonces() - view.job().range().count())
        .set(progress.searched())
        .set(progress.failed())
        .set(progress.cancelled())
        .set(progress.shares());
  }

  private void write(UnitChange change) throws SQLException {
    WorkUnit unit = change.unit();
    if (!change.isNew()) {
      bindChanges(units, unit).set(unit.id()).add();
      return;
    }
    bindChanges(newUnits, unit)
        .set(unit.id())
        .set(Columns.era(unit.id()))
        .set(unit.jobId())
        .set(unit.range().start())
        .set(unit.createdAt())
        .add();
  }

  private static Batch bindChanges(Batch row, WorkUnit unit) throws SQLException {
    PeerId peer = unit.peer();
    return row.set(unit.state().name())
        .set(unit.range().count())
        .set(unit.searched())
        .set(peer == null ? null : Columns.uuid(peer))
        .set(unit.lease())
        .set(unit.leaseStart())
        .set(Columns.bytes(unit.shareTarget()))
        .set(unit.leaseExpiresAt())
        .set(unit.attempts())
        .set(unit.resultId())
        .set(unit.updatedAt());
  }

  private void write(PastLease lease) throws SQLException {
    leases
        .set(lease.ref().lease())
        .set(lease.ref().unitId())
        .set(lease.jobId())
        .set(Columns.uuid(lease.peer()))
        .set(lease.range().start())
        .set(lease.range().count())
        .set(lease.searched())
        .set(lease.shareTarget().toLittleEndian())
        .set(lease.ending().name())
        .set(lease.resultId())
        .set(lease.endedAt())
        .add();
  }

  private void write(CreditedShare credited) throws SQLException {
    Share share = credited.share();
    shares
        .set(share.id())
        .set(Columns.era(share.id()))
        .set(share.jobId())
        .set(credited.ref().unitId())
        .set(credited.ref().lease())
        .set(Columns.uuid(share.peer()))
        .set(credited.resultId())
        .set(share.nonce())
        .set(share.hash().toArray())
        .set(share.difficulty())
        .set(share.block())
        .set(share.foundAt())
        .add();
  }

  private void write(BlockChange change) throws SQLException {
    FoundBlock block = change.block();
    if (!change.isNew()) {
      bindChanges(blocks, block).set(block.id()).add();
      return;
    }
    bindChanges(newBlocks, block)
        .set(block.id())
        .set(block.jobId())
        .set(block.height())
        .set(block.nonce())
        .set(block.difficulty())
        .set(Columns.uuid(block.peer()))
        .set(block.foundAt())
        .add();
  }

  private static Batch bindChanges(Batch row, FoundBlock block) throws SQLException {
    return row.set(block.hash().toArray())
        .set(block.outcome().name())
        .set(shortened(block.detail()));
  }

  private static String shortened(String detail) {
    return detail.substring(0, Math.min(detail.length(), BLOCK.DETAIL.getDataType().length()));
  }

  @Override
  public void close() throws SQLException {
    for (Batch batch : List.of(newJobs, jobs, newUnits, units, leases, shares, newBlocks, blocks)) {
      batch.close();
    }
    revokedShares.close();
    totals.close();
    peers.close();
    trust.close();
    samples.close();
    answers.close();
  }
}
