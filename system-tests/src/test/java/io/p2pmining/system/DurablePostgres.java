package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL that waits for its disk, as one does that is not run for tests. */
final class DurablePostgres implements AutoCloseable {

  private static final String USER = "postgres";
  private static final String DATABASE = "postgres";

  private final EmbeddedPostgres server;

  private DurablePostgres(EmbeddedPostgres server) {
    this.server = server;
  }

  static DurablePostgres start() throws Exception {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
    DurablePostgres started = new DurablePostgres(server);
    for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      started.assertOn(setting);
    }
    return started;
  }

  private void assertOn(String setting) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet shown = statement.executeQuery("show " + setting)) {
      assertThat(shown.next()).isTrue();
      assertThat(shown.getString(1)).as(setting).isEqualTo("on");
    }
  }

  Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  int port() {
    return server.getPort();
  }

  /** The address for a master, of this server or of what stands before it on another port. */
  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE + "?user=" + USER;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
