package io.p2pmining.master.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.jooq.SQLDialect;

/** What the two databases do differently. */
public enum Engine {
  /** In a file of the data directory, inside this process. */
  H2(SQLDialect.H2) {
    @Override
    Map<String, String> properties(Duration silence) {
      return Map.of();
    }

    @Override
    void begin(Connection connection) {}

    /** A commit alone leaves the file in the buffers of the operating system. */
    @Override
    void force(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("checkpoint sync");
      }
    }

    @Override
    boolean endsConnection(SQLException failure) {
      return H2_GONE.contains(failure.getErrorCode());
    }

    @Override
    String weakness(Connection connection) {
      return "";
    }
  },

  /** A server, which other masters may use as well. */
  POSTGRESQL(SQLDialect.POSTGRES) {
    @Override
    Map<String, String> properties(Duration silence) {
      return Map.of(
          "reWriteBatchedInserts",
          "true",
          "tcpKeepAlive",
          "true",
          "socketTimeout",
          Long.toString(silence.toSeconds()));
    }

    @Override
    void begin(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set synchronous_commit to on");
      }
    }

    /** The commit has waited for the disk. */
    @Override
    void force(Connection connection) {}

    /** The pool knows by itself which failures do. */
    @Override
    boolean endsConnection(SQLException failure) {
      return false;
    }

    @Override
    String weakness(Connection connection) throws SQLException {
      for (String setting : new String[] {"fsync", "full_page_writes"}) {
        try (Statement statement = connection.createStatement();
            ResultSet shown = statement.executeQuery("show " + setting)) {
          if (shown.next() && shown.getString(1).equals("off")) {
            return "PostgreSQL runs with "
                + setting
                + "=off: a power cut may lose what was acknowledged";
          }
        }
      }
      return "";
    }
  };

  /** What connections answer from when H2 has closed its file, as it does when the disk is full. */
  private static final Set<Integer> H2_GONE =
      Set.of(
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
          ErrorCode.CONNECTION_BROKEN_1,
          ErrorCode.OBJECT_CLOSED,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.GENERAL_ERROR_1);

  private final SQLDialect dialect;

  Engine(SQLDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * The engine behind a JDBC address.
   *
   * @throws IllegalArgumentException if it is another one
   */
  static Engine of(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return H2;
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return POSTGRESQL;
    }
    throw new IllegalArgumentException("neither H2 nor PostgreSQL");
  }

  SQLDialect dialect() {
    return dialect;
  }

  /** What drivers are told about every connection. */
  abstract Map<String, String> properties(Duration silence);

  /** Prepares a connection on which groups are committed. */
  abstract void begin(Connection connection) throws SQLException;

  /** Waits until everything committed is on the disk. */
  abstract void force(Connection connection) throws SQLException;

  /** Whether a connection is of no use after a failure, though the database may be. */
  abstract boolean endsConnection(SQLException failure);

  /** What keeps commits from being durable, in one sentence; empty if nothing does. */
  abstract String weakness(Connection connection) throws SQLException;
}
