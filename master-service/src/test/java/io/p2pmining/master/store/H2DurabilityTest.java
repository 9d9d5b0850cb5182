package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the H2 file promises when the power fails; killing a process alone would not show it. */
class H2DurabilityTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final UUID MASTER = new UUID(7, 7);
  private static final int GROUPS = 40;
  private static final int ATTEMPTS = 20;

  private final AtomicLong numbers = new AtomicLong();
  private final MemoryStore acknowledged = new MemoryStore();
  @TempDir private Path directory;
  private Path file;
  private int copies;

  @BeforeEach
  void plugIn() {
    StoreContract.quietMigrations();
    VolatileDisk.plugIn();
    file = directory.resolve("test.mv.db");
  }

  private Database onVolatileDisk() {
    return open(VolatileDisk.SCHEME + ":" + directory.resolve("test"));
  }

  private static Database open(String where) {
    return Database.open(
        new DatabaseSettings("jdbc:h2:" + where + ";DB_CLOSE_ON_EXIT=FALSE", "", ""),
        Path.of("target"));
  }

  private static SqlStore store(Database database) {
    Claim claim = new Claims(database.sql()).claim(MASTER, "test");
    return new SqlStore(
        database.pool(), database.engine(), claim, new AtomicLong()::incrementAndGet);
  }

  /** What a master would find if the power failed now. */
  private Recovered afterPowerCut(@Nullable Random cacheReachingTheDisk) throws Exception {
    Path copy = directory.resolve("copy-" + ++copies + ".mv.db");
    VolatileDisk.afterPowerCut(file, copy, cacheReachingTheDisk);
    try (Database database = open("file:" + directory.resolve("copy-" + copies))) {
      return new Recovery(database.sql(), MASTER).read(10_000);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsEveryAcknowledgedGroupWhateverOfTheCacheIsLost(long seed) throws Exception {
    Random random = new Random(seed);
    Journal journal = new Journal(0);
    Workload workload = new Workload(journal, numbers::incrementAndGet, random);
    try (Database database = onVolatileDisk();
        SqlStore store = store(database)) {
      for (int i = 0; i < GROUPS; i++) {
        workload.work(1 + random.nextInt(30));
        Group group = journal.take(true);
        store.write(group);
        acknowledged.write(group);
        if (i % 4 == 0) {
          Recovered expected = acknowledged.recover();
          for (Random cache : new Random[] {null, random, random}) {
            Recovered found = afterPowerCut(cache);
            assertThat(found.units()).as("seed=%s group=%s", seed, i).isEqualTo(expected.units());
            assertThat(found.totals()).isEqualTo(expected.totals());
            assertThat(found.credited()).containsExactlyInAnyOrderElementsOf(expected.credited());
          }
        }
      }
    }
  }

  /** Else the test above would show nothing. Now and then H2 forces the file by itself. */
  @Test
  void wouldLoseACommitThatWasNotForced() throws Exception {
    try (Database database = onVolatileDisk();
        Connection connection = database.pool().getConnection()) {
      String table;
      int forces;
      do {
        table = "unforced_" + copies;
        database.engine().force(connection);
        forces = VolatileDisk.forces(file);
        connection.createStatement().execute("create table " + table + " (id int)");
        connection.createStatement().execute("insert into " + table + " values (1)");
        afterPowerCut(null);
      } while (VolatileDisk.forces(file) != forces && copies < ATTEMPTS);
      String lost = "select * from " + table;
      try (Database found = open("file:" + directory.resolve("copy-" + copies))) {
        assertThatThrownBy(() -> found.sql().fetch(lost)).hasMessageContaining("not found");
      }
    }
  }

  @Test
  void forcesTheFileForEachGroup() throws Exception {
    Journal journal = new Journal(0);
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(4));
    try (Database database = onVolatileDisk();
        SqlStore store = store(database)) {
      for (int i = 0; i < 10; i++) {
        workload.work(10);
        int before = VolatileDisk.forces(file);
        store.write(journal.take(true));
        assertThat(VolatileDisk.forces(file)).isGreaterThan(before);
      }
    }
  }

  @Test
  void recoversByItselfFromAFullDisk() throws Exception {
    Journal journal = new Journal(0);
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(5));
    try (Database database = onVolatileDisk();
        SqlStore store = store(database)) {
      workload.work(100);
      Group first = journal.take(true);
      store.write(first);
      acknowledged.write(first);
      VolatileDisk.fill(true);
      workload.work(5000);
      Group second = journal.take(true);
      for (int attempt = 0; attempt < 3; attempt++) {
        assertThatThrownBy(() -> store.write(second)).isInstanceOf(StoreException.class);
      }
      VolatileDisk.fill(false);
      // A connection that the pool made meanwhile may have been closed like those before.
      await()
          .atMost(LIMIT)
          .ignoreExceptionsInstanceOf(StoreException.class)
          .untilAsserted(() -> store.write(second));
      acknowledged.write(second);

      assertThat(afterPowerCut(null).units()).isEqualTo(acknowledged.recover().units());
      assertThat(afterPowerCut(null).totals()).isEqualTo(acknowledged.recover().totals());
    }
  }
}
