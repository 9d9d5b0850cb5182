package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.BLOCK;
import static io.p2pmining.master.store.schema.Tables.CONDUCT;
import static io.p2pmining.master.store.schema.Tables.JOB;
import static io.p2pmining.master.store.schema.Tables.PAST_LEASE;
import static io.p2pmining.master.store.schema.Tables.SHARE;
import static io.p2pmining.master.store.schema.Tables.STANDING;
import static io.p2pmining.master.store.schema.Tables.TOTAL;
import static io.p2pmining.master.store.schema.Tables.WORK_UNIT;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.store.Recovered.CreditedNonce;
import io.p2pmining.master.store.Recovered.KeptJob;
import io.p2pmining.master.store.Recovered.KeptLease;
import io.p2pmining.master.store.schema.tables.records.JobRecord;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a master that starts has to know. Its cost follows what is live, not what is stored:
 * every query here runs along an index.
 */
final class Recovery {

  /** Beside those of live units, for results that come late: of half a minute, and more. */
  private static final int LATE_LEASES = 20_000;

  /** Beside those of active jobs; shares of older ones are too late, whoever sends them again. */
  private static final int LATE_NONCES = 20_000;

  private static final int MAX_BLOCKS = 10_000;

  private static final List<String> LIVE =
      List.of(UnitState.PENDING.name(), UnitState.ASSIGNED.name(), UnitState.COMPUTING.name());

  private final DSLContext database;
  private final UUID master;
  private final JsonMapper json = JsonMapper.shared();

  Recovery(DSLContext database, UUID master) {
    this.database = database;
    this.master = master;
  }

  /**
   * Reads it.
   *
   * @param maxJobs how many jobs the master keeps in mind
   */
  Recovered read(int maxJobs) {
    cancelUnitsOfEndedJobs();
    List<KeptJob> jobs = jobs(maxJobs);
    List<WorkUnit> units = units();
    List<KeptLease> leases = new ArrayList<>();
    units.stream()
        .filter(unit -> unit.state().isLeased())
        .map(Recovery::lastLease)
        .forEach(leases::add);
    int most = leases.size() + LATE_LEASES;
    List<CreditedNonce> credited = new ArrayList<>();
    for (KeptJob job : jobs.reversed()) {
      String id = job.view().job().id();
      if (leases.size() < most) {
        leases.addAll(endedLeases(id, most - leases.size()));
      }
      if (job.view().state() == JobState.ACTIVE || credited.size() < LATE_NONCES) {
        credited.addAll(credited(id));
      }
    }
    leases.sort(Comparator.comparingLong(lease -> lease.ref().lease()));
    Map<String, BigInteger> totals = totals();
    return new Recovered(
        jobs,
        units,
        leases,
        credited,
        blocks(),
        endedUnits(totals),
        ledgerTotals(totals),
        standings(),
        conducts());
  }

  /** The units of a job that ends are cancelled after it: the process may have ended between. */
  private void cancelUnitsOfEndedJobs() {
    database
        .update(WORK_UNIT)
        .set(WORK_UNIT.STATE, UnitState.CANCELLED.name())
        .where(
            WORK_UNIT
                .STATE
                .in(LIVE)
                .and(
                    WORK_UNIT.JOB_ID.in(
                        select(JOB.ID)
                            .from(JOB)
                            .where(
                                JOB.MASTER_ID
                                    .eq(master)
                                    .and(JOB.STATE.ne(JobState.ACTIVE.name()))))))
        .execute();
  }

  /** The latest, and all that have not ended, however old: of those there are few. */
  private List<KeptJob> jobs(int most) {
    Map<Long, KeptJob> jobs = new TreeMap<>();
    database
        .selectFrom(JOB)
        .where(JOB.MASTER_ID.eq(master))
        .orderBy(JOB.MASTER_ID, JOB.SEQUENCE_NUMBER.desc())
        .limit(most)
        .forEach(row -> jobs.put(row.getSequenceNumber(), kept(row)));
    database
        .selectFrom(JOB)
        .where(JOB.MASTER_ID.eq(master).and(JOB.STATE.eq(JobState.ACTIVE.name())))
        .forEach(row -> jobs.put(row.getSequenceNumber(), kept(row)));
    return List.copyOf(jobs.values());
  }

  private static KeptJob kept(JobRecord row) {
    return new KeptJob(Rows.job(row), Columns.bytes(row.getKeepsake()));
  }

  private List<WorkUnit> units() {
    return database
        .select(WORK_UNIT.fields())
        .from(WORK_UNIT)
        .join(JOB)
        .on(JOB.ID.eq(WORK_UNIT.JOB_ID))
        .where(WORK_UNIT.STATE.in(LIVE).and(JOB.MASTER_ID.eq(master)))
        .orderBy(WORK_UNIT.ID)
        .fetch(row -> Rows.unit(row.into(WORK_UNIT)));
  }

  private List<KeptLease> endedLeases(String jobId, int most) {
    List<KeptLease> leases = new ArrayList<>();
    database
        .selectFrom(WORK_UNIT)
        .where(
            WORK_UNIT
                .JOB_ID
                .eq(jobId)
                .and(WORK_UNIT.LEASE.gt(0L))
                .and(WORK_UNIT.STATE.notIn(Columns.LEASED)))
        .orderBy(WORK_UNIT.JOB_ID, WORK_UNIT.ID.desc())
        .limit(most)
        .forEach(row -> leases.add(lastLease(Rows.unit(row))));
    database
        .selectFrom(PAST_LEASE)
        .where(PAST_LEASE.JOB_ID.eq(jobId))
        .orderBy(PAST_LEASE.JOB_ID, PAST_LEASE.LEASE.desc())
        .limit(most)
        .forEach(
            row ->
                leases.add(
                    new KeptLease(
                        new UnitRef(row.getUnitId(), row.getLease()),
                        jobId,
                        Columns.peer(row.getPeerId()),
                        new NonceRange(row.getNonceStart(), row.getNonceCount()),
                        Target.ofLittleEndian(row.getShareTarget()),
                        row.getEnding().equals(LeaseEnding.GIVEN_UP.name())
                            ? row.getResultId()
                            : 0)));
    return leases;
  }

  private static KeptLease lastLease(WorkUnit unit) {
    return new KeptLease(
        unit.ref(),
        unit.jobId(),
        Objects.requireNonNull(unit.peer()),
        unit.leasedRange(),
        Objects.requireNonNull(unit.shareTarget()),
        unit.state() == UnitState.COMPLETED ? unit.resultId() : 0);
  }

  private List<CreditedNonce> credited(String jobId) {
    return database
        .select(SHARE.NONCE, SHARE.PEER_ID, SHARE.RESULT_ID)
        .from(SHARE)
        .where(SHARE.JOB_ID.eq(jobId))
        .fetch(
            row ->
                new CreditedNonce(jobId, row.value1(), Columns.peer(row.value2()), row.value3()));
  }

  /** Also those of jobs that are long gone: a candidate in the spool may be one of them. */
  private List<FoundBlock> blocks() {
    return database
        .selectFrom(BLOCK)
        .orderBy(BLOCK.ID.desc())
        .limit(MAX_BLOCKS)
        .fetch(Rows::block)
        .reversed();
  }

  /** Whoever said so: a peer that is out of service is so for every master that starts. */
  private SequencedMap<PeerId, Standing> standings() {
    SequencedMap<PeerId, Standing> standings = new LinkedHashMap<>();
    database
        .selectFrom(STANDING)
        .orderBy(STANDING.BEGUN_AT)
        .forEach(row -> standings.put(Columns.peer(row.getPeerId()), Rows.standing(row)));
    return standings;
  }

  /** Of the peers that were heard of last, as many as the book has room for. */
  private SequencedMap<PeerId, KeptConduct> conducts() {
    SequencedMap<PeerId, KeptConduct> conducts = new LinkedHashMap<>();
    database
        .selectFrom(CONDUCT)
        .orderBy(CONDUCT.CHANGED_AT.desc())
        .limit(ConductBook.MAX_PEERS)
        .forEach(row -> conducts.putFirst(Columns.peer(row.getPeerId()), conduct(row.getKept())));
    return conducts;
  }

  private KeptConduct conduct(String kept) {
    return json.readValue(kept, KeptConduct.class);
  }

  private Map<String, BigInteger> totals() {
    Map<String, BigInteger> totals = new HashMap<>();
    database
        .select(TOTAL.NAME, sum(TOTAL.AMOUNT))
        .from(TOTAL)
        .groupBy(TOTAL.NAME)
        .forEach(row -> totals.put(row.value1(), whole(row.value2())));
    return totals;
  }

  private static BigInteger whole(BigDecimal sum) {
    return sum.toBigInteger();
  }

  private static long count(Map<String, BigInteger> totals, Total total) {
    return totals.getOrDefault(total.name(), BigInteger.ZERO).longValueExact();
  }

  private static Map<UnitState, Long> endedUnits(Map<String, BigInteger> totals) {
    Map<UnitState, Long> ended = new EnumMap<>(UnitState.class);
    for (UnitState state : UnitState.values()) {
      if (state.isFinal()) {
        ended.put(state, count(totals, Total.units(state)));
      }
    }
    return ended;
  }

  private static ShareLedger.Totals ledgerTotals(Map<String, BigInteger> totals) {
    Map<Rejection, Long> rejected = new EnumMap<>(Rejection.class);
    for (Rejection reason : Rejection.values()) {
      long count = count(totals, Total.rejections(reason));
      if (count > 0) {
        rejected.put(reason, count);
      }
    }
    Map<BlockOutcome.State, Long> outcomes = new EnumMap<>(BlockOutcome.State.class);
    for (BlockOutcome.State outcome : BlockOutcome.State.values()) {
      outcomes.put(outcome, count(totals, Total.blocks(outcome)));
    }
    return new ShareLedger.Totals(
        new ShareCounts(count(totals, Total.SHARES), Collections.unmodifiableMap(rejected)),
        totals.getOrDefault(Total.DIFFICULTY.name(), BigInteger.ZERO),
        count(totals, Total.REVOKED),
        totals.getOrDefault(Total.REVOKED_DIFFICULTY.name(), BigInteger.ZERO),
        outcomes);
  }
}
