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
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.peer.Resolution;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
    int deleted;
    do {
      List<Long> leases =
          database
              .select(REDO.LEASE)
              .from(REDO)
              .where(REDO.COMPARED_AT.lt(oldest))
              .andNotExists(selectOne().from(WORK_UNIT).where(WORK_UNIT.ID.eq(REDO.UNIT_ID)))
              .orderBy(REDO.COMPARED_AT)
              .limit(BATCH)
              .fetch(REDO.LEASE);
      deleted = database.deleteFrom(REDO).where(REDO.LEASE.in(leases)).execute();
    } while (deleted == BATCH);
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
    int deleted;
    do {
      List<UUID> ids =
          database
              .select(CONDUCT.PEER_ID)
              .from(CONDUCT)
              .where(CONDUCT.CHANGED_AT.lt(oldest))
              .andNotExists(selectOne().from(PEER).where(PEER.ID.eq(CONDUCT.PEER_ID)))
              .orderBy(CONDUCT.CHANGED_AT)
              .limit(BATCH)
              .fetch(CONDUCT.PEER_ID);
      deleted = database.deleteFrom(CONDUCT).where(CONDUCT.PEER_ID.in(ids)).execute();
    } while (deleted == BATCH);
  }

  /** The latest are kept up to a number, and none for longer than clients repeat requests. */
  private void enforceAnswers() {
    @Nullable Instant oneTooMany =
        database
            .select(ANSWER.ANSWERED_AT)
            .from(ANSWER)
            .orderBy(ANSWER.ANSWERED_AT.desc())
            .offset(settings.get().answerHistory())
            .limit(1)
            .fetchOne(ANSWER.ANSWERED_AT);
    Instant oldest = clock.instant().minus(settings.get().answerAge());
    Instant last = oneTooMany == null || oneTooMany.isBefore(oldest) ? oldest : oneTooMany;
    int deleted;
    do {
      List<String> keys =
          database
              .select(ANSWER.IDEMPOTENCY_KEY)
              .from(ANSWER)
              .where(ANSWER.ANSWERED_AT.le(last))
              .orderBy(ANSWER.ANSWERED_AT)
              .limit(BATCH)
              .fetch(ANSWER.IDEMPOTENCY_KEY);
      deleted =
          database
              .deleteFrom(ANSWER)
              .where(ANSWER.IDEMPOTENCY_KEY.in(keys).and(ANSWER.ANSWERED_AT.le(last)))
              .execute();
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
    @Nullable Instant oneTooMany =
        database
            .select(PEER.LAST_SEEN_AT)
            .from(PEER)
            .where(gone)
            .orderBy(PEER.LAST_SEEN_AT.desc())
            .offset(settings.get().peerHistory())
            .limit(1)
            .fetchOne(PEER.LAST_SEEN_AT);
    Instant lastToGo = Objects.requireNonNullElse(oneTooMany, oldest);
    Condition overdue = gone.and(PEER.LAST_SEEN_AT.le(lastToGo).or(PEER.LAST_SEEN_AT.lt(oldest)));
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
