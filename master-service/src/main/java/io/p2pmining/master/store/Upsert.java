package io.p2pmining.master.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Field;
import org.jooq.Table;

/**
 * Rows that may be in their table or not: each is changed where it is, and inserted where it is
 * not. Every row costs one statement once it is there, which is nearly always.
 *
 * @param <T> what a row is written from
 */
final class Upsert<T> implements AutoCloseable {

  /** Binds the columns of a row and then its key, both in the order in which they were named. */
  @FunctionalInterface
  interface Binding<T> {
    Batch bind(Batch batch, T row) throws SQLException;
  }

  private final Batch changes;
  private final Batch inserts;
  private final Binding<T> binding;

  private Upsert(Batch changes, Batch inserts, Binding<T> binding) {
    this.changes = changes;
    this.inserts = inserts;
    this.binding = binding;
  }

  /** Puts values in place of those that are there. Columns and key are all that the table has. */
  static <T> Upsert<T> replacing(
      Connection connection,
      Table<?> table,
      List<Field<?>> columns,
      List<Field<?>> key,
      Binding<T> binding)
      throws SQLException {
    return new Upsert<>(
        Batch.update(connection, table, columns, key),
        Batch.insert(connection, table, inOrder(columns, key)),
        binding);
  }

  /** Adds values to those that are there. Columns and key are all that the table has. */
  static <T> Upsert<T> adding(
      Connection connection,
      Table<?> table,
      List<Field<?>> columns,
      List<Field<?>> key,
      Binding<T> binding)
      throws SQLException {
    return new Upsert<>(
        Batch.increase(connection, table, columns, key),
        Batch.insert(connection, table, inOrder(columns, key)),
        binding);
  }

  private static List<Field<?>> inOrder(List<Field<?>> columns, List<Field<?>> key) {
    return Stream.concat(columns.stream(), key.stream()).toList();
  }

  void write(Collection<T> rows) throws SQLException {
    List<T> ordered = List.copyOf(rows);
    for (T row : ordered) {
      binding.bind(changes, row).add();
    }
    int[] changed = changes.execute();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == 0) {
        binding.bind(inserts, ordered.get(i)).add();
      }
    }
    inserts.execute();
  }

  @Override
  public void close() throws SQLException {
    changes.close();
    inserts.close();
  }
}
