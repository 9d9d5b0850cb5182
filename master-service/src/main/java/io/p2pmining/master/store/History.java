package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.BLOCK;
import static io.p2pmining.master.store.schema.Tables.JOB;
import static io.p2pmining.master.store.schema.Tables.PAST_LEASE;
import static io.p2pmining.master.store.schema.Tables.REDO;
import static io.p2pmining.master.store.schema.Tables.SHARE;
import static io.p2pmining.master.store.schema.Tables.WORK_UNIT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.generateSeries;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.UnitFilter;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of jobs, units, shares and blocks, newest first. It shows what is durable:
 * milliseconds behind the dispatcher; that a unit is searched, and how far, a minute. Safe for use
 * by any thread; waits for the database.
 */
public final class History {

  /** How far entries that match a filter are counted: some ten milliseconds' work. */
  public static final int COUNTED = 100_000;

  private final Reads reads;

  History(Reads reads) {
    this.reads = reads;
  }

  /** The jobs in a state, or in any. */
  public Slice<JobView> jobs(@Nullable JobState state, Window window) {
    return state == null
        ? slice(JOB, noCondition(), List.of(JOB.SEQUENCE_NUMBER.desc()), window, Rows::job)
        : slice(
            JOB,
            JOB.STATE.eq(state.name()),
            List.of(JOB.STATE, JOB.SEQUENCE_NUMBER.desc()),
            window,
            Rows::job);
  }

  public Optional<JobView> job(String id) {
    return reads.with(sql -> sql.fetchOptional(JOB, JOB.ID.eq(id)).map(Rows::job));
  }

  /**
   * The units that match.
   *
   * @param latest tells of a stored unit what is known of it by now, which may be that it is
   *     searched, and how far
   */
  public Slice<WorkUnit> units(UnitFilter filter, Window window, UnaryOperator<WorkUnit> latest) {
    if (filter.state() != null && filter.state().isLeased()) {
      return leasedUnits(filter, window, latest);
    }
    Slice<WorkUnit> stored = units(filter, window);
    return new Slice<>(stored.items().stream().map(latest).toList(), stored.total());
  }

  /** Of leased units the state is asked for, and there are no more than workers can hold. */
  private Slice<WorkUnit> leasedUnits(
      UnitFilter filter, Window window, UnaryOperator<WorkUnit> latest) {
    List<WorkUnit> all =
        reads.with(
            sql ->
                sql.selectFrom(WORK_UNIT)
                    .where(WORK_UNIT.STATE.in(Columns.LEASED).and(ofJobAndPeer(filter)))
                    .orderBy(WORK_UNIT.ID.desc())
                    .limit(COUNTED)
                    .fetch(Rows::unit));
    List<WorkUnit> matching =
        all.stream().map(latest).filter(unit -> unit.state() == filter.state()).toList();
    return new Slice<>(
        matching.stream().skip(window.offset()).limit(window.count()).toList(), matching.size());
  }

  /** The units that match, as they are stored. */
  Slice<WorkUnit> units(UnitFilter filter, Window window) {
    Condition wanted = ofJobAndPeer(filter);
    if (filter.state() != null) {
      wanted = wanted.and(WORK_UNIT.STATE.eq(filter.state().name()));
    }
    if (filter.peer() == null) {
      List<OrderField<?>> order = new ArrayList<>();
      if (filter.jobId() != null) {
        order.add(WORK_UNIT.JOB_ID);
      } else if (filter.state() != null) {
        order.add(WORK_UNIT.STATE);
      }
      order.add(WORK_UNIT.ID.desc());
      return slice(WORK_UNIT, wanted, order, window, Rows::unit);
    }
    return sliceByEra(WORK_UNIT, wanted, WORK_UNIT.ERA, WORK_UNIT.ID, window, Rows::unit);
  }

  private static Condition ofJobAndPeer(UnitFilter filter) {
    Condition wanted = noCondition();
    if (filter.jobId() != null) {
      wanted = wanted.and(WORK_UNIT.JOB_ID.eq(filter.jobId()));
    }
    if (filter.peer() != null) {
      wanted = wanted.and(WORK_UNIT.PEER_ID.eq(Columns.uuid(filter.peer())));
    }
    return wanted;
  }

  public Optional<WorkUnit> unit(long id) {
    return reads.with(sql -> sql.fetchOptional(WORK_UNIT, WORK_UNIT.ID.eq(id)).map(Rows::unit));
  }

  /** Whether any of these nonces of a job were ever given to a unit. */
  public boolean hasUnitIn(String jobId, NonceRange range) {
    return reads.with(
        sql ->
            sql.fetchExists(
                WORK_UNIT,
                WORK_UNIT
                    .JOB_ID
                    .eq(jobId)
                    .and(WORK_UNIT.NONCE_START.lt(range.end()))
                    .and(WORK_UNIT.NONCE_START.plus(WORK_UNIT.NONCE_COUNT).gt(range.start()))));
  }

  /** The leases of a unit that ended without completing it, oldest first. */
  public List<PastLease> leases(long unitId) {
    return reads.with(
        sql ->
            sql.selectFrom(PAST_LEASE)
                .where(PAST_LEASE.UNIT_ID.eq(unitId))
                .orderBy(PAST_LEASE.LEASE)
                .fetch(
                    row ->
                        new PastLease(
                            new UnitRef(row.getUnitId(), row.getLease()),
                            row.getJobId(),
                            Columns.peer(row.getPeerId()),
                            new NonceRange(row.getNonceStart(), row.getNonceCount()),
                            row.getSearched(),
                            Target.ofLittleEndian(row.getShareTarget()),
                            LeaseEnding.valueOf(row.getEnding()),
                            row.getResultId(),
                            row.getEndedAt())));
  }

  /** The ranges of a unit that were searched twice, oldest first. */
  public List<Redone> redos(long unitId) {
    return reads.with(
        sql ->
            sql.selectFrom(REDO)
                .where(REDO.UNIT_ID.eq(unitId))
                .orderBy(REDO.LEASE)
                .fetch(Rows::redone));
  }

  /** The shares of a job and a peer; null matches all. */
  public Slice<Share> shares(@Nullable String jobId, @Nullable PeerId peer, Window window) {
    Condition wanted = noCondition();
    if (jobId != null) {
      wanted = wanted.and(SHARE.JOB_ID.eq(jobId));
    }
    if (peer == null) {
      List<OrderField<?>> order =
          jobId == null ? List.of(SHARE.ID.desc()) : List.of(SHARE.JOB_ID, SHARE.ID.desc());
      return slice(SHARE, wanted, order, window, Rows::share);
    }
    Condition ofPeer = wanted.and(SHARE.PEER_ID.eq(Columns.uuid(peer)));
    return sliceByEra(SHARE, ofPeer, SHARE.ERA, SHARE.ID, window, Rows::share);
  }

  /** The last shares of all, newest first; they are not counted, for there may be a million. */
  public List<Share> latestShares(int count) {
    return reads.with(
        sql ->
            sql.selectFrom(SHARE)
                .orderBy(SHARE.ID.desc())
                .limit(count)
                .fetch(row -> Rows.share(row)));
  }

  public Slice<FoundBlock> blocks(BlockOutcome.@Nullable State outcome, Window window) {
    return outcome == null
        ? slice(BLOCK, noCondition(), List.of(BLOCK.ID.desc()), window, Rows::block)
        : slice(
            BLOCK,
            BLOCK.OUTCOME.eq(outcome.name()),
            List.of(BLOCK.OUTCOME, BLOCK.ID.desc()),
            window,
            Rows::block);
  }

  /** The order is that of an index, so that nothing has to be sorted. */
  private <R extends Record, T> Slice<T> slice(
      Table<R> table,
      Condition wanted,
      List<? extends OrderField<?>> order,
      Window window,
      Function<? super R, ? extends T> view) {
    return reads.with(
        (DSLContext sql) ->
            new Slice<T>(
                sql.selectFrom(table)
                    .where(wanted)
                    .orderBy(order)
                    .offset(window.offset())
                    .limit(window.count())
                    .fetch(row -> view.apply(row)),
                count(sql, table, wanted)));
  }

  /** A whole table's rows are known to the database; others it has to visit one by one. */
  private static long count(DSLContext sql, Table<?> table, Condition wanted) {
    return wanted.equals(noCondition())
        ? sql.fetchCount(table)
        : sql.fetchCount(sql.selectOne().from(table).where(wanted).limit(COUNTED));
  }

  /** Looks a peer up in one era after the other, for the index has them in this order. */
  private <R extends Record, T> Slice<T> sliceByEra(
      Table<R> table,
      Condition wanted,
      Field<Integer> era,
      Field<Long> number,
      Window window,
      Function<? super R, ? extends T> view) {
    return reads.with(
        sql -> {
          var ends = sql.select(min(number), max(number)).from(table).fetchSingle();
          if (ends.value1() == null) {
            return new Slice<T>(List.of(), 0);
          }
          Table<Record1<Integer>> eras =
              generateSeries(Columns.era(ends.value1()), Columns.era(ends.value2()))
                  .as("eras", "e");
          Condition joined = era.eq(field(name("eras", "e"), Integer.class)).and(wanted);
          return new Slice<T>(
              sql.select(table.fields())
                  .from(eras)
                  .join(table)
                  .on(joined)
                  .orderBy(number.desc())
                  .offset(window.offset())
                  .limit(window.count())
                  .fetch(row -> view.apply(row.into(table))),
              sql.fetchCount(sql.selectOne().from(eras).join(table).on(joined).limit(COUNTED)));
        });
  }
}
