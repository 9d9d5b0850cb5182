package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.ANSWER;

import java.util.Optional;

/** The answers that are stored. Safe for use by any thread; waits for the database. */
public final class Answers {

  private final Reads reads;

  Answers(Reads reads) {
    this.reads = reads;
  }

  /** What this or another master answered to the request that a client gave this name. */
  public Optional<Answer> find(String key) {
    return reads.with(
        sql ->
            sql.selectFrom(ANSWER)
                .where(ANSWER.IDEMPOTENCY_KEY.eq(key))
                .orderBy(ANSWER.ANSWERED_AT)
                .limit(1)
                .fetchOptional(
                    row ->
                        new Answer(
                            row.getIdempotencyKey(),
                            Columns.bytes(row.getFingerprint()),
                            row.getStatus(),
                            row.getLocation(),
                            row.getBody(),
                            row.getAnsweredAt())));
  }
}
