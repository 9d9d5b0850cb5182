package io.p2pmining.master.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool;
import io.p2pmining.service.startup.StartupException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jooq.DSLContext;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open database, with its tables brought up to date. Safe for use by any thread. */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** One for the groups, one for numbers, one for retention, the rest for REST. */
  private static final int CONNECTIONS = 10;

  /** How long a reader waits for a connection before the database counts as gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A server that says nothing for so long is gone; far above a slow commit. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final String FILE_NAME = "p2pmine";

  /**
   * Pages of H2 in memory, in KiB. What is written is hardly read again, and pages that stay until
   * they are old cost the garbage collector more than reading a page again does.
   */
  private static final int CACHE_KIB = 8192;

  private static final String H2 = "jdbc:h2:";

  private final HikariDataSource pool;
  private final Engine engine;
  private final boolean isFile;
  private final DSLContext sql;

  private Database(HikariDataSource pool, Engine engine, boolean isFile) {
    this.pool = pool;
    this.engine = engine;
    this.isFile = isFile;
    this.sql =
        DSL.using(
            pool,
            engine.dialect(),
            new Settings()
                .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
                .withRenderSchema(false)
                .withExecuteLogging(false));
  }

  /**
   * Opens the database and migrates it.
   *
   * @param directory where the database is if the settings name none
   * @throws StartupException if it cannot be used
   */
  public static Database open(DatabaseSettings settings, Path directory) {
    String url = ordered(settings.url().isBlank() ? inDirectory(directory) : settings.url());
    HikariDataSource pool;
    Engine engine;
    try {
      engine = Engine.of(url);
      pool = new HikariDataSource(configuration(url, engine, settings));
    } catch (IllegalArgumentException e) {
      throw new StartupException(
          "spring.datasource.url names neither PostgreSQL nor H2",
          "write jdbc:postgresql://host/database, or leave it out for a file in the data directory",
          e);
    } catch (HikariPool.PoolInitializationException e) {
      throw unusable(url, e);
    }
    try {
      Flyway.configure().dataSource(pool).load().migrate();
      Database database = new Database(pool, engine, isFile(url));
      database.warnAboutWeakness();
      return database;
    } catch (FlywayException | SQLException e) {
      pool.close();
      throw unusable(url, e);
    }
  }

  private static String inDirectory(Path directory) {
    Path file = directory.toAbsolutePath().resolve(FILE_NAME);
    if (file.toString().contains(";")) {
      throw new StartupException(
          "the database cannot be kept in " + directory + ", because of the semicolon",
          "choose another data directory with p2pmine.data-dir",
          null);
    }
    return "jdbc:h2:file:" + file + ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=" + CACHE_KIB;
  }

  private static HikariConfig configuration(String url, Engine engine, DatabaseSettings settings) {
    HikariConfig configuration = new HikariConfig();
    configuration.setJdbcUrl(url);
    if (!settings.username().isBlank()) {
      configuration.setUsername(settings.username());
      configuration.setPassword(settings.password());
    }
    configuration.setPoolName("store");
    configuration.setMaximumPoolSize(CONNECTIONS);
    configuration.setMinimumIdle(1);
    configuration.setConnectionTimeout(PATIENCE.toMillis());
    configuration.setInitializationFailTimeout(PATIENCE.toMillis());
    configuration.setExceptionOverride(new DeadConnections(engine));
    engine.properties(SILENCE).forEach(configuration::addDataSourceProperty);
    return configuration;
  }

  /** Has the pool part with connections that answer nothing any more. */
  private record DeadConnections(Engine engine) implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
      return engine.endsConnection(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
  }

  private void warnAboutWeakness() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      String weakness = engine.weakness(connection);
      if (!weakness.isEmpty()) {
        LOG.warn("{}", weakness);
      }
    }
  }

  private static StartupException unusable(String url, Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String where =
        url.replaceFirst("[;?].*", "")
            .replace(OrderedFile.SCHEME + ":", "file:")
            .replaceFirst("//[^/@]*@", "//");
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return new StartupException(
        "the database " + where + " cannot be used: " + reason,
        "start it, or correct spring.datasource.url and its username and password",
        e);
  }

  /** How many connections of the pool are in use. */
  public int connectionsInUse() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** How many connections of the pool lie ready. */
  public int connectionsIdle() {
    return pool.getHikariPoolMXBean().getIdleConnections();
  }

  /** Whether a URL names a file that this process alone has open. */
  private static boolean isFile(String url) {
    return url.startsWith(H2) && !url.matches(H2 + "(mem|tcp|ssl|zip):.*");
  }

  /** A file of H2 is written in an order that survives a power cut. */
  private static String ordered(String url) {
    if (!isFile(url) || url.startsWith(H2 + OrderedFile.SCHEME)) {
      return url;
    }
    OrderedFile.register();
    return H2 + OrderedFile.SCHEME + ":" + url.substring(H2.length()).replaceFirst("^file:", "");
  }

  /** Whether it is in a file of this machine that only this process uses. */
  boolean isFile() {
    return isFile;
  }

  DataSource pool() {
    return pool;
  }

  Engine engine() {
    return engine;
  }

  DSLContext sql() {
    return sql;
  }

  @Override
  public void close() {
    pool.close();
  }
}
