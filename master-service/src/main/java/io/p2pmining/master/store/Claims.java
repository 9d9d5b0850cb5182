package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.JOB;
import static io.p2pmining.master.store.schema.Tables.MASTER;
import static io.p2pmining.master.store.schema.Tables.PEER;
import static org.jooq.impl.DSL.field;

import io.p2pmining.master.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.SQLDataType;

/**
 * Who owns which jobs. A master that starts begins a new life under its own id and takes over what
 * masters that are gone have left; raising their epoch shuts them out, should they not be gone.
 */
final class Claims {

  /** Without a sign of life for so long a master counts as gone: several times its heartbeat. */
  static final Duration GONE_AFTER = Duration.ofSeconds(60);

  private final DSLContext database;

  Claims(DSLContext database) {
    this.database = database;
  }

  /** Begins a life of the master with this id; everything it owned, and the gone ones, is its. */
  Claim claim(UUID id, String name) {
    return database.transactionResult(
        transaction -> {
          DSLContext sql = transaction.dsl();
          Instant now = now(sql);
          var before = sql.selectFrom(MASTER).where(MASTER.ID.eq(id)).forUpdate().fetchOptional();
          long epoch = before.map(row -> row.getEpoch() + 1).orElse(1L);
          long groupNumber = before.map(row -> row.getGroupNumber()).orElse(0L);
          if (before.isEmpty()) {
            sql.insertInto(MASTER)
                .set(MASTER.ID, id)
                .set(MASTER.NAME, name)
                .set(MASTER.EPOCH, epoch)
                .set(MASTER.GROUP_NUMBER, 0L)
                .set(MASTER.STARTED_AT, now)
                .set(MASTER.HEARTBEAT_AT, now)
                .execute();
          } else {
            sql.update(MASTER)
                .set(MASTER.NAME, name)
                .set(MASTER.EPOCH, epoch)
                .set(MASTER.STARTED_AT, now)
                .set(MASTER.HEARTBEAT_AT, now)
                .where(MASTER.ID.eq(id))
                .execute();
          }
          takeOver(sql, id, now);
          return new Claim(id, epoch, groupNumber);
        });
  }

  private static void takeOver(DSLContext sql, UUID id, Instant now) {
    List<UUID> gone =
        sql.select(MASTER.ID)
            .from(MASTER)
            .where(MASTER.HEARTBEAT_AT.lt(now.minus(GONE_AFTER)).and(MASTER.ID.ne(id)))
            .forUpdate()
            .skipLocked()
            .fetch(MASTER.ID);
    sql.update(MASTER).set(MASTER.EPOCH, MASTER.EPOCH.plus(1)).where(MASTER.ID.in(gone)).execute();
    sql.update(JOB)
        .set(JOB.MASTER_ID, id)
        .where(JOB.MASTER_ID.in(gone).and(JOB.STATE.eq(JobState.ACTIVE.name())))
        .execute();
    sql.update(PEER)
        .setNull(PEER.MASTER_ID)
        .where(PEER.MASTER_ID.in(gone).or(PEER.MASTER_ID.eq(id)))
        .execute();
  }

  /** The database's time, which all masters share. */
  private static Instant now(DSLContext sql) {
    return sql.select(field("current_timestamp", SQLDataType.INSTANT)).fetchSingle().value1();
  }
}
