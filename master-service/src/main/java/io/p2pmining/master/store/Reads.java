package io.p2pmining.master.store;

import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * Queries, each in a transaction of its own, that see what was durable when they began. Safe for
 * use by any thread; waits for the database.
 */
final class Reads {

  private final DSLContext database;
  private final Runnable readable;

  /**
   * @param readable waits until what is durable can be read, or throws {@link
   *     StoreUnavailableException}
   */
  Reads(DSLContext database, Runnable readable) {
    this.database = database;
    this.readable = readable;
  }

  /**
   * Runs queries that see one state of the database.
   *
   * @throws StoreUnavailableException if the database does not answer, or lags too far behind
   */
  <T> T with(Function<DSLContext, T> queries) {
    readable.run();
    try {
      return queries.apply(database);
    } catch (DataAccessException e) {
      throw new StoreUnavailableException(e);
    }
  }
}
