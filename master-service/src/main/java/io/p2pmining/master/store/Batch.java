package io.p2pmining.master.store;

import static java.util.stream.Collectors.joining;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * One prepared statement that takes many rows. The names are those of the generated tables; the
 * rows are bound here, because this is where the master's database time goes.
 */
final class Batch implements AutoCloseable {

  private final PreparedStatement statement;
  private int column;
  private int rows;

  private Batch(Connection connection, String sql) throws SQLException {
    statement = connection.prepareStatement(sql);
  }

  /** Inserts rows with all columns of the table, in the order of its definition. */
  static Batch insert(Connection connection, Table<?> table) throws SQLException {
    return insert(connection, table, List.of());
  }

  /** Inserts rows with some columns first, and then all others in the order of their definition. */
  static Batch insert(Connection connection, Table<?> table, List<Field<?>> first)
      throws SQLException {
    List<Field<?>> columns =
        Stream.concat(first.stream(), Stream.of(table.fields())).distinct().toList();
    return new Batch(
        connection,
        "insert into "
            + table.getName()
            + columns.stream().map(Field::getName).collect(joining(", ", " (", ")"))
            + columns.stream().map(column -> "?").collect(joining(", ", " values (", ")")));
  }

  /** Sets columns of the row that a key names; the key is bound last. */
  static Batch update(
      Connection connection, Table<?> table, List<Field<?>> columns, List<Field<?>> key)
      throws SQLException {
    return new Batch(
        connection, "update " + table.getName() + " set " + equations(columns, ", ") + where(key));
  }

  /** Adds to columns of the row that a key names; the key is bound last. */
  static Batch increase(
      Connection connection, Table<?> table, List<Field<?>> columns, List<Field<?>> key)
      throws SQLException {
    String sums =
        columns.stream()
            .map(field -> field.getName() + " = " + field.getName() + " + ?")
            .collect(joining(", "));
    return new Batch(connection, "update " + table.getName() + " set " + sums + where(key));
  }

  /** Deletes the row that a key names. */
  static Batch delete(Connection connection, Table<?> table, List<Field<?>> key)
      throws SQLException {
    return new Batch(connection, "delete from " + table.getName() + where(key));
  }

  private static String where(List<Field<?>> key) {
    return " where " + equations(key, " and ");
  }

  private static String equations(List<Field<?>> fields, String separator) {
    return fields.stream().map(field -> field.getName() + " = ?").collect(joining(separator));
  }

  Batch set(long value) throws SQLException {
    statement.setLong(++column, value);
    return this;
  }

  Batch set(int value) throws SQLException {
    statement.setInt(++column, value);
    return this;
  }

  Batch set(@Nullable Integer value) throws SQLException {
    statement.setObject(++column, value, Types.INTEGER);
    return this;
  }

  Batch set(@Nullable Long value) throws SQLException {
    statement.setObject(++column, value, Types.BIGINT);
    return this;
  }

  Batch set(double value) throws SQLException {
    statement.setDouble(++column, value);
    return this;
  }

  Batch set(boolean value) throws SQLException {
    statement.setBoolean(++column, value);
    return this;
  }

  Batch set(@Nullable String value) throws SQLException {
    statement.setString(++column, value);
    return this;
  }

  Batch set(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++column, value);
    return this;
  }

  Batch set(BigInteger value) throws SQLException {
    statement.setBigDecimal(++column, Columns.decimal(value));
    return this;
  }

  Batch set(@Nullable UUID value) throws SQLException {
    statement.setObject(++column, value);
    return this;
  }

  Batch set(@Nullable Instant value) throws SQLException {
    if (value == null) {
      statement.setNull(++column, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(++column, value.atOffset(ZoneOffset.UTC));
    }
    return this;
  }

  void add() throws SQLException {
    statement.addBatch();
    column = 0;
    rows++;
  }

  /** Sends the rows and answers how many rows each of them changed. */
  int[] execute() throws SQLException {
    if (rows == 0) {
      return new int[0];
    }
    rows = 0;
    return statement.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
