package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.ANSWER;
import static io.p2pmining.master.store.schema.Tables.BLOCK;
import static io.p2pmining.master.store.schema.Tables.CONDUCT;
import static io.p2pmining.master.store.schema.Tables.HASH_RATE_SAMPLE;
import static io.p2pmining.master.store.schema.Tables.JOB;
import static io.p2pmining.master.store.schema.Tables.PAST_LEASE;
import static io.p2pmining.master.store.schema.Tables.PEER;
import static io.p2pmining.master.store.schema.Tables.PEER_REJECTION;
import static io.p2pmining.master.store.schema.Tables.PEER_TOTAL;
import static io.p2pmining.master.store.schema.Tables.REDO;
import static io.p2pmining.master.store.schema.Tables.SHARE;
import static io.p2pmining.master.store.schema.Tables.STANDING;
import static io.p2pmining.master.store.schema.Tables.WORK_UNIT;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.peer.Resolution;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.Result;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is too old or too much, oldest first, in batches small enough that nobody waits for
 * them. What belongs to a job that has not ended is never deleted. Used by one thread at a time,
 * which waits for the database.
 */
final class Retention {

  static final int BATCH = 1000;

  private static final Condition JOB_ENDED = JOB.STATE.ne(JobState.ACTIVE.name());

  private static final Condition BLOCK_SETTLED =
      BLOCK.OUTCOME.ne(BlockOutcome.State.PENDING.name());

  private final DSLContext database;
  private final Supplier<StoreSettings> settings;
  private final InstantSource clock;

  Retention(DSLContext database, Supplier<StoreSettings> settings, InstantSource clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** Deletes everything that is overdue. */
  void enforce() {
    Instant oldest = clock.instant().minus(settings.get().maxAge());
    enforce(
        new Kind(WORK_UNIT, WORK_UNIT.ID, WORK_UNIT.CREATED_AT, ofEndedJob(WORK_UNIT.JOB_ID)),
        settings.get().unitHistory(),
        oldest,
        this::deleteUnits);
    enforce(
        new Kind(SHARE, SHARE.ID, SHARE.FOUND_AT, ofEndedJob(SHARE.JOB_ID)),
        settings.get().shareHistory(),
        oldest,
        ids -> database.deleteFrom(SHARE).where(SHARE.ID.in(ids)).execute());
    enforce(
        new Kind(JOB, JOB.SEQUENCE_NUMBER, JOB.CREATED_AT, JOB_ENDED.and(unused())),
        settings.get().jobHistory(),
        oldest,
        ids -> database.deleteFrom(JOB).where(JOB.SEQUENCE_NUMBER.in(ids)).execute());
    enforce(
        new Kind(BLOCK, BLOCK.ID, BLOCK.FOUND_AT, BLOCK_SETTLED),
        settings.get().blockHistory(),
        Instant.MIN,
        ids -> database.deleteFrom(BLOCK).where(BLOCK.ID.in(ids)).execute());
    enforcePeers(oldest);
    enforceConducts(oldest);
    enforceRedos(oldest);
    enforceSamples();
    enforceAnswers();
  }

  /** They go with their unit; one whose unit was gone when it was compared goes by age. */
  private void enforceRedos(Instant oldest) {
    deleteOldest(
        REDO,
        REDO.LEASE,
        REDO.COMPARED_AT,
        REDO.COMPARED_AT
            .lt(oldest)
            .andNotExists(selectOne().from(WORK_UNIT).where(WORK_UNIT.ID.eq(REDO.UNIT_ID))));
  }

  /** Charts reach back no further, and no master has more of a resolution than fit its chart. */
  private void enforceSamples() {
    for (Resolution resolution : Resolution.values()) {
      database
          .deleteFrom(HASH_RATE_SAMPLE)
          .where(
              HASH_RATE_SAMPLE
                  .RESOLUTION
                  .eq(resolution.name())
                  .and(HASH_RATE_SAMPLE.BEGUN_AT.lt(clock.instant().minus(resolution.reach()))))
          .execute();
    }
  }

  /** A peer's conduct goes with the peer; what was written of one that was deleted goes by age. */
  private void enforceConducts(Instant oldest) {
    deleteOldest(
        CONDUCT,
        CONDUCT.PEER_ID,
        CONDUCT.CHANGED_AT,
        CONDUCT
            .CHANGED_AT
            .lt(oldest)
            .andNotExists(selectOne().from(PEER).where(PEER.ID.eq(CONDUCT.PEER_ID))));
  }

  /** The latest are kept up to a number, and none for longer than clients repeat requests. */
  private void enforceAnswers() {
    deleteOldest(
        ANSWER,
        ANSWER.IDEMPOTENCY_KEY,
        ANSWER.ANSWERED_AT,
        atOrBefore(
            ANSWER.ANSWERED_AT,
            oneTooMany(ANSWER, ANSWER.ANSWERED_AT, noCondition(), settings.get().answerHistory()),
            clock.instant().minus(settings.get().answerAge())));
  }

  /** The time of the latest row past so many, if there are more. */
  private @Nullable Instant oneTooMany(
      Table<?> table, Field<Instant> time, Condition counted, int most) {
    return database
        .select(time)
        .from(table)
        .where(counted)
        .orderBy(time.desc())
        .offset(most)
        .limit(1)
        .fetchOne(time);
  }

  private static Condition atOrBefore(
      Field<Instant> time, @Nullable Instant oneTooMany, Instant oldest) {
    return time.le(oneTooMany == null || oneTooMany.isBefore(oldest) ? oldest : oneTooMany);
  }

  /** A row that was written anew meanwhile, so that it is no longer overdue, stays. */
  private <K> void deleteOldest(
      Table<?> table, Field<K> key, Field<Instant> time, Condition overdue) {
    int deleted;
    do {
      List<K> keys =
          database.select(key).from(table).where(overdue).orderBy(time).limit(BATCH).fetch(key);
      deleted = database.deleteFrom(table).where(key.in(keys).and(overdue)).execute();
    } while (deleted >= BATCH);
  }

  /** Rows that are numbered in the order of their time. */
  private record Kind(
      Table<?> table, Field<Long> number, Field<Instant> time, Condition deletable) {}

  private interface Deletion {
    void delete(List<Long> numbers);
  }

  private void enforce(Kind kind, int most, Instant oldest, Deletion deletion) {
    long excess = (long) database.fetchCount(kind.table) - most;
    long after = Long.MIN_VALUE;
    while (true) {
      Result<Record3<Long, Instant, Boolean>> rows =
          database
              .select(kind.number, kind.time, field(kind.deletable))
              .from(kind.table)
              .where(kind.number.gt(after))
              .orderBy(kind.number)
              .limit(BATCH)
              .fetch();
      List<Long> overdue = new ArrayList<>();
      boolean all = true;
      for (var row : rows) {
        all = excess > 0 || row.value2().isBefore(oldest);
        if (!all) {
          break;
        }
        if (row.value3()) {
          overdue.add(row.value1());
          excess--;
        }
        after = row.value1();
      }
      if (!overdue.isEmpty()) {
        deletion.delete(overdue);
      }
      if (!all || rows.size() < BATCH) {
        return;
      }
    }
  }

  private void deleteUnits(List<Long> ids) {
    database.transaction(
        transaction -> {
          transaction.dsl().deleteFrom(REDO).where(REDO.UNIT_ID.in(ids)).execute();
          transaction.dsl().deleteFrom(PAST_LEASE).where(PAST_LEASE.UNIT_ID.in(ids)).execute();
          transaction.dsl().deleteFrom(WORK_UNIT).where(WORK_UNIT.ID.in(ids)).execute();
        });
  }

  private static Condition ofEndedJob(Field<String> jobId) {
    return notExists(
        selectOne().from(JOB).where(JOB.ID.eq(jobId).and(JOB.STATE.eq(JobState.ACTIVE.name()))));
  }

  private static Condition unused() {
    return notExists(selectOne().from(WORK_UNIT).where(WORK_UNIT.JOB_ID.eq(JOB.ID)))
        .and(notExists(selectOne().from(SHARE).where(SHARE.JOB_ID.eq(JOB.ID))));
  }

  /** Whoever is out of service has to be there for an operator to resume. */
  private void enforcePeers(Instant oldest) {
    Condition gone =
        PEER.MASTER_ID
            .isNull()
            .and(notExists(selectOne().from(STANDING).where(STANDING.PEER_ID.eq(PEER.ID))));
    Condition overdue =
        gone.and(
            atOrBefore(
                PEER.LAST_SEEN_AT,
                oneTooMany(PEER, PEER.LAST_SEEN_AT, gone, settings.get().peerHistory()),
                oldest));
    int deleted;
    do {
      deleted = deletePeers(overdue);
    } while (deleted == BATCH);
  }

  private int deletePeers(Condition overdue) {
    return database.transactionResult(
        transaction -> {
          DSLContext sql = transaction.dsl();
          var ids =
              sql.select(PEER.ID)
                  .from(PEER)
                  .where(overdue)
                  .orderBy(PEER.LAST_SEEN_AT)
                  .limit(BATCH)
                  .forUpdate()
                  .fetch(PEER.ID);
          sql.deleteFrom(PEER_REJECTION).where(PEER_REJECTION.PEER_ID.in(ids)).execute();
          sql.deleteFrom(PEER_TOTAL).where(PEER_TOTAL.PEER_ID.in(ids)).execute();
          sql.deleteFrom(CONDUCT).where(CONDUCT.PEER_ID.in(ids)).execute();
          sql.deleteFrom(PEER).where(PEER.ID.in(ids)).execute();
          return ids.size();
        });
  }
}
