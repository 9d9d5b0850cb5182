package io.p2pmining.master.store;

import static io.p2pmining.master.store.schema.Tables.MASTER;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups in a database. Each is one transaction together with its number, so that after an answer
 * that never came the number tells whether it was made. Keeps one connection, and takes another
 * from the pool after trouble.
 */
final class SqlStore implements OpenStore {

  private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

  private static final String COMMIT =
      ("update %1$s set %2$s = ?, %3$s = coalesce(?, %3$s), %4$s = current_timestamp"
              + " where %5$s = ? and %6$s = ?")
          .formatted(
              MASTER.getName(),
              MASTER.GROUP_NUMBER.getName(),
              MASTER.TOTALS_NUMBER.getName(),
              MASTER.HEARTBEAT_AT.getName(),
              MASTER.ID.getName(),
              MASTER.EPOCH.getName());
  private static final String COMMITTED =
      "select %s, %s from %s where %s = ? and %s = ?"
          .formatted(
              MASTER.GROUP_NUMBER.getName(),
              MASTER.TOTALS_NUMBER.getName(),
              MASTER.getName(),
              MASTER.ID.getName(),
              MASTER.EPOCH.getName());

  private final DataSource pool;
  private final Engine engine;
  private final Claim claim;
  private final LongSupplier jobNumbers;
  private @Nullable Connection connection;
  private @Nullable GroupWriter writer;
  private long uncertain;

  /**
   * @param claim as which master, in which of its lives, groups are written
   * @param jobNumbers gives each job a higher number than the jobs before it
   */
  SqlStore(DataSource pool, Engine engine, Claim claim, LongSupplier jobNumbers) {
    this.pool = pool;
    this.engine = engine;
    this.claim = claim;
    this.jobNumbers = jobNumbers;
  }

  @Override
  public long lastGroup() {
    return claim.groupNumber();
  }

  /** What is committed can be read. */
  @Override
  public void awaitReadable() {}

  @Override
  public void write(Group group) throws StoreException {
    with(
        open -> {
          commit(open, group);
          engine.force(open);
          uncertain = 0;
        });
  }

  /** The same without waiting for the disk: until {@link #force} a power cut may undo it. */
  void commit(Group group) throws StoreException {
    with(
        open -> {
          commit(open, group);
          uncertain = 0;
        });
  }

  /** Waits until everything that was committed is on the disk. */
  void force() throws StoreException {
    with(engine::force);
  }

  /** How far this life of the master is, or an earlier one was. */
  Position committed() throws StoreException {
    return get(
        open -> {
          Position position = committed(open);
          open.rollback();
          return position;
        });
  }

  private interface Work {
    void with(Connection open) throws SQLException, StoreException;
  }

  private interface Query<T> {
    T with(Connection open) throws SQLException, StoreException;
  }

  private void with(Work work) throws StoreException {
    get(
        open -> {
          work.with(open);
          return true;
        });
  }

  private <T> T get(Query<T> query) throws StoreException {
    try {
      return query.with(open());
    } catch (SQLException e) {
      close();
      throw new StoreException(reason(e), e);
    } catch (StoreException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void commit(Connection open, Group group) throws SQLException, StoreException {
    if (uncertain != group.number() || !committed(open).has(group)) {
      uncertain = group.number();
      writer(open).write(group);
      mark(open, group);
      open.commit();
    } else {
      open.rollback();
    }
  }

  private Connection open() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = pool.getConnection();
      connection = open;
      open.setAutoCommit(false);
      engine.begin(open);
      open.commit();
    }
    return open;
  }

  private GroupWriter writer(Connection open) throws SQLException {
    GroupWriter current = writer;
    if (current == null) {
      current = new GroupWriter(open, claim.master(), jobNumbers);
      writer = current;
    }
    return current;
  }

  private void mark(Connection open, Group group) throws SQLException, StoreException {
    Long totals = group.lacksPeerTotals() ? null : (Long) group.number();
    try (PreparedStatement statement = open.prepareStatement(COMMIT)) {
      statement.setLong(1, group.number());
      statement.setObject(2, totals, Types.BIGINT);
      statement.setObject(3, claim.master());
      statement.setLong(4, claim.epoch());
      if (statement.executeUpdate() == 0) {
        throw fenced();
      }
    }
  }

  private Position committed(Connection open) throws SQLException, StoreException {
    try (PreparedStatement statement = open.prepareStatement(COMMITTED)) {
      statement.setObject(1, claim.master());
      statement.setLong(2, claim.epoch());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw fenced();
        }
        return new Position(row.getLong(1), row.getLong(2));
      }
    }
  }

  private static StoreException fenced() {
    return new StoreException(
        "Another master has taken over this one's work, because it was gone for too long: restart"
            + " this one");
  }

  private static String reason(SQLException e) {
    SQLException last = e;
    while (last.getNextException() != null) {
      last = last.getNextException();
    }
    String message = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    return "The database does not take changes: " + message;
  }

  /** Gives the connection back, and with it whatever was not committed. */
  @Override
  public void close() {
    Connection open = connection;
    GroupWriter prepared = writer;
    connection = null;
    writer = null;
    try {
      if (prepared != null) {
        prepared.close();
      }
    } catch (SQLException e) {
      LOG.debug("Closing statements failed", e);
    }
    try {
      if (open != null) {
        open.rollback();
        open.close();
      }
    } catch (SQLException e) {
      LOG.debug("Closing a connection failed", e);
    }
  }
}
