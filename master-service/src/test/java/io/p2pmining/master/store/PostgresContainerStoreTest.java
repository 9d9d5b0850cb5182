package io.p2pmining.master.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** On the oldest PostgreSQL that is supported, where Docker is there. */
@EnabledIf("hasDocker")
class PostgresContainerStoreTest extends StoreContract {

  private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:15-alpine");
  private static int databases;

  static boolean hasDocker() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @Override
  DatabaseSettings create() throws Exception {
    String name = "test" + ++databases;
    try (var connection = SERVER.createConnection("");
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    String url = SERVER.getJdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
    return new DatabaseSettings(url, SERVER.getUsername(), SERVER.getPassword());
  }
}
