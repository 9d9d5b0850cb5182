package io.p2pmining.master.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** On the oldest PostgreSQL that is supported, where Docker is there or said to be. */
@EnabledIf("hasDocker")
class PostgresContainerStoreTest extends StoreContract {

  private static final String REQUIRED = "P2PMINE_REQUIRE_DOCKER";

  /** Another image of the same PostgreSQL, for machines that reach no registry. */
  private static final String IMAGE =
      System.getenv().getOrDefault("P2PMINE_OLDEST_POSTGRES_IMAGE", "postgres:15-alpine");

  private static final PostgreSQLContainer SERVER =
      new PostgreSQLContainer(DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("postgres"));

  private static int databases;

  static boolean hasDocker() {
    return Boolean.parseBoolean(System.getenv(REQUIRED))
        || DockerClientFactory.instance().isDockerAvailable();
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
