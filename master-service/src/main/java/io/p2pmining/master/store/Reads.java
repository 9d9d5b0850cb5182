package io.p2pmining.master.store;

import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * Queries, each in a transaction of its own. Safe for use by any thread; waits for the database.
 */
final class Reads {

  private final DSLContext database;

  Reads(DSLContext database) {
    this.database = database;
  }

  /**
   * Runs queries that see one state of the database.
   *
   * @throws StoreUnavailableException if the database does not answer
   */
  <T> T with(Function<DSLContext, T> queries) {
    try {
      return queries.apply(database);
    } catch (DataAccessException e) {
      throw new StoreUnavailableException(e);
    }
  }
}
