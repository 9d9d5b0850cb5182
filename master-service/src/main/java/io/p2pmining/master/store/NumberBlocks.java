package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.NUMBER_BLOCK;

import java.util.concurrent.Executor;
import org.jooq.DSLContext;

/**
 * Numbers that no other master, and no other life of this one, is given: taken from the database a
 * block at a time. What is left of a block when the process ends is never used.
 */
final class NumberBlocks {

  private final Database database;
  private final Executor refills;

  /**
   * @param refills runs what waits for the database
   */
  NumberBlocks(Database database, Executor refills) {
    this.database = database;
    this.refills = refills;
  }

  /** A sequence with its first block. Waits for the database. */
  Numbers open(String name, int blockSize) {
    return new Numbers(() -> take(name, blockSize), blockSize, refills);
  }

  /** The first number of a block that is the caller's alone. */
  private long take(String name, int size) {
    long first = commit(name, size);
    // What is numbered may become durable before the database is forced the next time.
    database.sql().connection(database.engine()::force);
    return first;
  }

  private long commit(String name, int size) {
    return database
        .sql()
        .transactionResult(
            transaction -> {
              DSLContext sql = transaction.dsl();
              sql.insertInto(NUMBER_BLOCK)
                  .set(NUMBER_BLOCK.NAME, name)
                  .set(NUMBER_BLOCK.NEXT_NUMBER, 1L)
                  .onConflictDoNothing()
                  .execute();
              long first =
                  sql.select(NUMBER_BLOCK.NEXT_NUMBER)
                      .from(NUMBER_BLOCK)
                      .where(NUMBER_BLOCK.NAME.eq(name))
                      .forUpdate()
                      .fetchSingle()
                      .value1();
              sql.update(NUMBER_BLOCK)
                  .set(NUMBER_BLOCK.NEXT_NUMBER, first + size)
                  .where(NUMBER_BLOCK.NAME.eq(name))
                  .execute();
              return first;
            });
  }
}
