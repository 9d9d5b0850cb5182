package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.BLOCK;
import static io.p2pmining.master.store.schema.Tables.JOB;
import static io.p2pmining.master.store.schema.Tables.PEER_TOTAL;
import static io.p2pmining.master.store.schema.Tables.SHARE;
import static io.p2pmining.master.store.schema.Tables.TOTAL;
import static io.p2pmining.master.store.schema.Tables.WORK_UNIT;
import static org.jooq.impl.DSL.sum;

import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;

/**
 * Everything that matters of a database nobody uses.
 *
 * @param shares as job:nonce
 * @param acceptedBlocks as job:nonce
 */
public record StoredState(
    List<String> shares,
    long acceptedTotal,
    long acceptedByPeers,
    Set<String> acceptedBlocks,
    long openBlocks,
    List<WorkUnit> units,
    List<WorkUnit> unitsOfEndedJobs) {

  /** Reads it. */
  public static StoredState read(DatabaseSettings settings, Path directory) {
    try (Database database = Database.open(settings, directory)) {
      DSLContext sql = database.sql();
      return new StoredState(
          sql.select(SHARE.JOB_ID, SHARE.NONCE)
              .from(SHARE)
              .fetch(row -> row.value1() + ":" + row.value2()),
          number(
              sql.select(sum(TOTAL.AMOUNT))
                  .from(TOTAL)
                  .where(TOTAL.NAME.eq(Total.SHARES.name()))
                  .fetchSingle()
                  .value1()),
          number(
              sql.select(sum(PEER_TOTAL.SHARES_ACCEPTED)).from(PEER_TOTAL).fetchSingle().value1()),
          new HashSet<>(
              sql.select(BLOCK.JOB_ID, BLOCK.NONCE)
                  .from(BLOCK)
                  .where(BLOCK.OUTCOME.eq(BlockOutcome.State.ACCEPTED.name()))
                  .fetch(row -> row.value1() + ":" + row.value2())),
          sql.fetchCount(BLOCK, BLOCK.OUTCOME.eq(BlockOutcome.State.PENDING.name())),
          sql.selectFrom(WORK_UNIT).fetch(Rows::unit),
          sql.select(WORK_UNIT.fields())
              .from(WORK_UNIT)
              .join(JOB)
              .on(JOB.ID.eq(WORK_UNIT.JOB_ID))
              .where(JOB.STATE.ne(JobState.ACTIVE.name()))
              .fetch(row -> Rows.unit(row.into(WORK_UNIT))));
    }
  }

  private static long number(BigDecimal sum) {
    return Objects.requireNonNull(sum).longValueExact();
  }
}
