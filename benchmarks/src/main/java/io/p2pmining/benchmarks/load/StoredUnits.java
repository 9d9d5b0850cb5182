package io.p2pmining.benchmarks.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/**
 * Units, and shares of every tenth of them, written into the database of a master that is not
 * running, as if its workers had completed them. One unit in a hundred waits for a worker.
 */
final class StoredUnits {

  private static final int NONCES = 16;
  private static final int UNITS_PER_SHARE = 10;
  private static final int UNITS_PER_PENDING = 100;
  private static final int BATCH = 10_000;
  private static final int ERA_BITS = 12;
  private static final int TARGET_BYTES = 32;
  private static final UUID PEER = new UUID(1, 1);

  private static final String UNIT =
      "insert into work_unit (id, era, job_id, state, nonce_start, nonce_count, searched, peer_id,"
          + " lease, lease_start, share_target, attempts, result_id, created_at, updated_at)"
          + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String SHARE =
      "insert into share (id, era, job_id, unit_id, lease, peer_id, result_id, nonce, hash,"
          + " difficulty, is_block, found_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, false, ?)";

  private final Connection connection;
  private final String job;
  private final byte[] anyHash = new byte[TARGET_BYTES];
  private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);

  /**
   * @param job a finite job of which nothing is cut
   */
  StoredUnits(Connection connection, String job) {
    this.connection = connection;
    this.job = job;
    Arrays.fill(anyHash, (byte) -1);
  }

  /** Writes so many. */
  void write(int count) throws SQLException {
    connection.setAutoCommit(false);
    long unit = take("unit", count);
    long lease = take("lease", count);
    long share = take("finding", count / UNITS_PER_SHARE + 1);
    try (PreparedStatement units = connection.prepareStatement(UNIT);
        PreparedStatement shares = connection.prepareStatement(SHARE)) {
      for (int i = 0; i < count; i++) {
        addUnit(units, i, unit + i, lease + i);
        if (i % UNITS_PER_SHARE == 0) {
          addShare(shares, i, share + i / UNITS_PER_SHARE, unit + i, lease + i);
        }
        if ((i + 1) % BATCH == 0) {
          units.executeBatch();
          shares.executeBatch();
          connection.commit();
        }
      }
      units.executeBatch();
      shares.executeBatch();
    }
    long cut = (long) count * NONCES;
    execute("update job set nonces_cut = " + cut + " where id = '" + job + "'");
    connection.commit();
  }

  /** The first of so many numbers that no master is given. */
  private long take(String name, int count) throws SQLException {
    String where = " where name = '" + name + "'";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select next_number from number_block" + where)) {
      row.next();
      long first = row.getLong(1);
      execute("update number_block set next_number = " + (first + count) + where);
      return first;
    }
  }

  private void execute(String change) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(change);
    }
  }

  private void addUnit(PreparedStatement units, int number, long id, long lease)
      throws SQLException {
    boolean pending = number % UNITS_PER_PENDING == 0;
    long start = (long) number * NONCES;
    units.setLong(1, id);
    units.setInt(2, era(id));
    units.setString(3, job);
    units.setString(4, pending ? "PENDING" : "COMPLETED");
    units.setLong(5, start);
    units.setInt(6, NONCES);
    units.setInt(7, pending ? 0 : NONCES);
    units.setObject(8, pending ? null : PEER);
    units.setLong(9, pending ? 0 : lease);
    units.setLong(10, 0);
    units.setBytes(11, pending ? null : anyHash);
    units.setInt(12, pending ? 0 : 1);
    units.setLong(13, pending ? 0 : number + 1);
    units.setObject(14, now);
    units.setObject(15, now);
    units.addBatch();
  }

  private void addShare(PreparedStatement shares, int number, long id, long unit, long lease)
      throws SQLException {
    shares.setLong(1, id);
    shares.setInt(2, era(id));
    shares.setString(3, job);
    shares.setLong(4, unit);
    shares.setLong(5, lease);
    shares.setObject(6, PEER);
    shares.setLong(7, -1L - number);
    shares.setLong(8, (long) number * NONCES);
    shares.setBytes(9, anyHash);
    shares.setObject(10, now);
    shares.addBatch();
  }

  private static int era(long id) {
    return Math.toIntExact(id >> ERA_BITS);
  }
}
