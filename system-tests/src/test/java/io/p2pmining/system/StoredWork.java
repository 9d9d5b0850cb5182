package io.p2pmining.system;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a master's database holds, read past the master. Peers are 32 hex digits, as in the API.
 *
 * @param totals sums by their names, over all masters
 * @param rejections counts by reason, over all peers
 */
record StoredWork(
    List<Job> jobs,
    List<Unit> units,
    List<PastLease> pastLeases,
    List<Share> shares,
    List<Peer> peers,
    Map<String, BigInteger> totals,
    Map<String, BigInteger> rejections) {

  /**
   * A finite job.
   *
   * @param cut how many of its nonces are in units
   * @param searched how many were searched in units that have ended
   * @param stopAfterShares 0 if its whole range is to be searched
   */
  record Job(
      String id,
      String state,
      long start,
      long count,
      long cut,
      long searched,
      long shares,
      long stopAfterShares) {

    /** Whether it has found as many shares as were wanted. */
    boolean hasStopped() {
      return stopAfterShares > 0 && shares >= stopAfterShares;
    }
  }

  record Unit(
      long id,
      String job,
      String state,
      long start,
      long count,
      long searched,
      @Nullable String peer,
      long lease,
      boolean expires,
      long resultId) {

    boolean isLeased() {
      return state.equals("ASSIGNED") || state.equals("COMPUTING");
    }
  }

  record PastLease(long lease, long unit, String peer, String ending, long resultId) {}

  record Share(
      String job,
      long nonce,
      String hash,
      String peer,
      long resultId,
      BigInteger difficulty,
      boolean block) {}

  record Peer(String id, BigInteger shares, BigInteger difficulty) {}

  /** Makes an object of a row. */
  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  static StoredWork read(Connection connection) throws SQLException {
    return new StoredWork(
        list(
            connection,
            "select id, state, nonce_start, nonce_count, nonces_cut, nonces_searched, shares_found, stop_after_shares from job",
            row ->
                new Job(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    row.getLong(8))),
        list(
            connection,
            "select id, job_id, state, nonce_start, nonce_count, searched, peer_id, lease,"
                + " lease_expires_at, result_id from work_unit order by job_id, nonce_start",
            row ->
                new Unit(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getString(7) == null ? null : hex(row.getString(7)),
                    row.getLong(8),
                    row.getObject(9) != null,
                    row.getLong(10))),
        list(
            connection,
            "select lease, unit_id, peer_id, ending, result_id from past_lease",
            row ->
                new PastLease(
                    row.getLong(1),
                    row.getLong(2),
                    hex(row.getString(3)),
                    row.getString(4),
                    row.getLong(5))),
        list(
            connection,
            "select job_id, nonce, hash, peer_id, result_id, difficulty, is_block from share",
            row ->
                new Share(
                    row.getString(1),
                    row.getLong(2),
                    HexFormat.of().formatHex(row.getBytes(3)),
                    hex(row.getString(4)),
                    row.getLong(5),
                    whole(row.getBigDecimal(6)),
                    row.getBoolean(7))),
        list(
            connection,
            "select peer_id, shares_accepted, difficulty_accepted from peer_total",
            row ->
                new Peer(
                    hex(row.getString(1)),
                    BigInteger.valueOf(row.getLong(2)),
                    whole(row.getBigDecimal(3)))),
        sums(connection, "select name, sum(amount) from total group by name"),
        sums(connection, "select reason, sum(rejections) from peer_rejection group by reason"));
  }

  private static <T> List<T> list(Connection connection, String query, Row<T> row)
      throws SQLException {
    List<T> items = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        items.add(row.of(rows));
      }
    }
    return items;
  }

  private static Map<String, BigInteger> sums(Connection connection, String query)
      throws SQLException {
    record Sum(String name, BigInteger amount) {}
    Map<String, BigInteger> sums = new HashMap<>();
    list(connection, query, row -> new Sum(row.getString(1), whole(row.getBigDecimal(2))))
        .forEach(sum -> sums.put(sum.name(), sum.amount()));
    return sums;
  }

  private static BigInteger whole(BigDecimal number) {
    return number.toBigIntegerExact();
  }

  private static String hex(String uuid) {
    return uuid.replace("-", "");
  }
}
