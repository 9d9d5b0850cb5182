package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * H2 on a disk of which a power cut loses what was not forced, while H2 writes and forces nothing.
 */
class OrderedFileTest {

  private static final int ROWS = 60;

  @TempDir private Path directory;

  @BeforeEach
  void plugIn() {
    VolatileDisk.plugIn();
    OrderedFile.register();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void survivesPowerCutsBetweenForces(long seed) throws Exception {
    assertThat(damagedAfterPowerCuts("ordered:volatile:", seed)).as("seed=%s", seed).isZero();
  }

  /** Else the test above would show nothing. */
  @Test
  void wouldBeDamagedOtherwise() throws Exception {
    assertThat(damagedAfterPowerCuts("volatile:", 1)).isPositive();
  }

  /** Writes rows, and answers how many power cuts have left a file that cannot be read. */
  private int damagedAfterPowerCuts(String scheme, long seed) throws Exception {
    Random random = new Random(seed);
    int damaged = 0;
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:" + scheme + directory.resolve("test"));
        Statement statement = connection.createStatement()) {
      statement.execute("create table number (id int primary key, filler varchar)");
      statement.execute("checkpoint sync");
      for (int i = 0; i < ROWS; i++) {
        statement.execute("insert into number values (" + i + ", space(5000) || " + i + ")");
        statement.execute("checkpoint");
        damaged += isReadable(afterPowerCut(random), i) ? 0 : 1;
      }
    }
    return damaged;
  }

  private Path afterPowerCut(Random random) throws IOException {
    Path copy = Files.createTempDirectory(directory, "copy").resolve("test.mv.db");
    VolatileDisk.afterPowerCut(directory.resolve("test.mv.db"), copy, random);
    return copy;
  }

  /** Whether there are the rows up to some number, none after it. */
  private static boolean isReadable(Path file, int last) {
    String path = file.toString().replace(".mv.db", "");
    try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + path);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select count(*), coalesce(max(id), -1), sum(length(filler)) from number")) {
      found.next();
      return found.getInt(1) == found.getInt(2) + 1 && found.getInt(2) <= last;
    } catch (SQLException e) {
      return false;
    }
  }
}
