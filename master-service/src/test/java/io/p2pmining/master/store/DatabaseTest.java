package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  private static final int READERS = 4;

  @TempDir private Path directory;

  @BeforeEach
  void quietly() {
    StoreContract.quietMigrations();
  }

  /** H2 closes its file by itself when the disk is full. */
  @Test
  void hasEachReaderFailOnceAtMostAfterTheFileWasClosed() throws SQLException {
    try (Database database = Database.open(new DatabaseSettings("", "", ""), directory)) {
      List<Connection> used = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        used.add(database.pool().getConnection());
      }
      for (Connection connection : used) {
        connection.close();
      }
      assertThatThrownBy(() -> database.sql().execute("shutdown immediately"))
          .hasMessageContaining("closed");
      int failures = 0;
      while (!isReadable(database)) {
        failures++;
        assertThat(failures).as("failures in a row").isLessThanOrEqualTo(READERS);
      }
      for (int i = 0; i < READERS; i++) {
        assertThat(isReadable(database)).isTrue();
      }
    }
  }

  private static boolean isReadable(Database database) {
    try {
      return database.sql().selectOne().fetch().isNotEmpty();
    } catch (RuntimeException e) {
      return false;
    }
  }
}
