package io.p2pmining.master.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log in front of the H2 file promises when the power fails, or the disk. */
class LoggedStoreTest {

  private static final UUID MASTER = new UUID(7, 7);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration NEVER = Duration.ofHours(1);

  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong jobNumbers = new AtomicLong();
  private final Journal journal = new Journal(0);
  private final MemoryStore acknowledged = new MemoryStore();
  private final VolatileLogDisk disk = new VolatileLogDisk();
  @TempDir private Path directory;
  private int copies;

  @BeforeEach
  void plugIn() {
    StoreContract.quietMigrations();
    VolatileDisk.plugIn();
  }

  private static Database database(String where) {
    return Database.open(
        new DatabaseSettings("jdbc:h2:" + where + ";DB_CLOSE_ON_EXIT=FALSE", "", ""),
        Path.of("target"));
  }

  private Database onVolatileDisk() {
    return database(VolatileDisk.SCHEME + ":" + directory.resolve("test"));
  }

  private SqlStore sqlStore(Database database) {
    Claim claim = new Claims(database.sql()).claim(MASTER, "test");
    return new SqlStore(database.pool(), database.engine(), claim, jobNumbers::incrementAndGet);
  }

  private LoggedStore store(Database database, LogDisk log, LoggedStore.Bounds bounds) {
    return LoggedStore.open(
        sqlStore(database),
        MASTER,
        directory.resolve("log"),
        log,
        bounds,
        new Lag(System::nanoTime));
  }

  private static LoggedStore.Bounds bounds(long segmentBytes) {
    return new LoggedStore.Bounds(segmentBytes, 1 << 20, NEVER);
  }

  private void write(Store store, Group group) throws StoreException {
    store.write(group);
    acknowledged.write(group);
  }

  /** What a master would find that starts after a power cut at this moment. */
  private Found afterPowerCut(@Nullable Random cacheReachingTheDisk) throws IOException {
    Path copy = directory.resolve("copy-" + ++copies);
    // In this order: what the log loses meanwhile, the database has.
    disk.afterPowerCut(copy.resolve("log"), cacheReachingTheDisk);
    VolatileDisk.afterPowerCut(
        directory.resolve("test.mv.db"), copy.resolve("test.mv.db"), cacheReachingTheDisk);
    return recovered(copy);
  }

  private Found recovered(Path where) {
    try (Database database = database("file:" + where.resolve("test"));
        LoggedStore store =
            LoggedStore.open(
                sqlStore(database),
                MASTER,
                where.resolve("log"),
                LogDisk.FILES,
                bounds(10_000),
                new Lag(System::nanoTime))) {
      assertThat(store.lastGroup()).isNotNegative();
      return found(database);
    }
  }

  /** What a database has. */
  private record Found(Recovered recovered, Map<PeerId, ShareCounts> counts) {}

  private Found found(Database database) {
    PeerHistory peers = new PeerHistory(new Reads(database.sql(), () -> {}));
    return new Found(
        new Recovery(database.sql(), MASTER).read(10_000),
        peers.counts(acknowledged.counts().keySet()));
  }

  private void assertAcknowledged(Found database) {
    Recovered found = database.recovered();
    Recovered expected = acknowledged.recover();
    assertThat(database.counts()).isEqualTo(acknowledged.counts());
    assertThat(found.jobs()).isEqualTo(expected.jobs());
    assertThat(found.units()).isEqualTo(expected.units());
    assertThat(found.totals()).isEqualTo(expected.totals());
    assertThat(found.credited()).containsExactlyInAnyOrderElementsOf(expected.credited());
    assertThat(found.blocks()).isEqualTo(expected.blocks());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void keepsEveryAcknowledgedGroupWhateverOfTheCachesIsLost(long seed) throws Exception {
    Random random = new Random(seed);
    Workload workload = new Workload(journal, numbers::incrementAndGet, random);
    LoggedStore.Bounds bounds = bounds(20_000);
    try (Database database = onVolatileDisk();
        LoggedStore store = store(database, disk, bounds)) {
      for (int i = 0; i < 40; i++) {
        workload.work(1 + random.nextInt(30));
        write(store, journal.take(true));
        if (random.nextInt(4) == 0) {
          store.awaitReadable();
        }
        if (i % 4 == 0) {
          for (Random cache : new Random[] {null, random, random}) {
            assertAcknowledged(afterPowerCut(cache));
          }
        }
      }
    }
    assertThat(disk.deleted()).as("seed=%s", seed).hasSizeGreaterThan(2);
  }

  @Test
  void deletesAFileOnlyOnceTheDatabaseHasItForCertain() throws Exception {
    List<Throwable> wrong = new CopyOnWriteArrayList<>();
    VolatileLogDisk watched =
        new VolatileLogDisk() {
          @Override
          public void delete(Path file) throws IOException {
            super.delete(file);
            Path copy = directory.resolve("deleted-" + file.getFileName());
            Files.createDirectories(copy.resolve("log"));
            try (Stream<Path> left = Files.list(file.getParent())) {
              for (Path other : left.toList()) {
                Files.copy(other, copy.resolve("log").resolve(other.getFileName()));
              }
            }
            VolatileDisk.afterPowerCut(
                directory.resolve("test.mv.db"), copy.resolve("test.mv.db"), null);
            try {
              recovered(copy);
            } catch (StartupException e) {
              wrong.add(e);
            }
          }
        };
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(4));
    try (Database database = onVolatileDisk();
        LoggedStore store = store(database, watched, bounds(10_000))) {
      for (int i = 0; i < 60; i++) {
        workload.work(10);
        store.write(journal.take(true));
      }
    }
    assertThat(watched.deleted()).hasSizeGreaterThan(3);
    assertThat(wrong).isEmpty();
  }

  @Test
  void goesOnByItselfAfterAFullDisk() throws Exception {
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(5));
    try (Database database = onVolatileDisk();
        LoggedStore store = store(database, disk, bounds(1 << 20))) {
      for (int round = 0; round < 3; round++) {
        workload.work(3000);
        write(store, journal.take(true));
        VolatileDisk.fill(true);
        workload.work(100);
        Group group = journal.take(true);
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThatThrownBy(() -> store.write(group))
              .isInstanceOf(StoreException.class)
              .hasMessageContaining("No space left");
        }
        VolatileDisk.fill(false);
        write(store, group);
        assertAcknowledged(afterPowerCut(null));
      }
      await().atMost(LIMIT).ignoreExceptions().untilAsserted(store::awaitReadable);
      assertAcknowledged(found(database));
    }
    assertThat(directory.resolve("log")).isEmptyDirectory();
  }

  /** A database that fails is opened again, without what it had not forced. */
  @Test
  void writesAgainWhatTheDatabaseLost() throws Exception {
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(6));
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      workload.work(20);
      groups.add(journal.take(true));
    }
    try (Database database = database("file:" + directory.resolve("test"));
        LoggedStore store = store(database, disk, bounds(10_000))) {
      for (int i = 0; i < 10; i++) {
        write(store, groups.get(i));
      }
      store.awaitReadable();
      assertThatThrownBy(() -> database.sql().execute("shutdown immediately"))
          .hasMessageContaining("already closed");
      for (int i = 10; i < 30; i++) {
        write(store, groups.get(i));
      }
      await().atMost(LIMIT).ignoreExceptions().untilAsserted(store::awaitReadable);
      assertAcknowledged(found(database));
    }
  }

  @Test
  void takesNoMoreThanItsBoundsFromAMasterWhoseDatabaseFails() throws Exception {
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(7));
    try (Database database = database("file:" + directory.resolve("test"))) {
      Unanswered pool = new Unanswered(database.pool());
      Claim claim = new Claims(database.sql()).claim(MASTER, "test");
      SqlStore sql = new SqlStore(pool, database.engine(), claim, jobNumbers::incrementAndGet);
      LoggedStore.Bounds few = new LoggedStore.Bounds(10_000, 30_000, NEVER);
      try (LoggedStore store =
          LoggedStore.open(
              sql, MASTER, directory.resolve("log"), disk, few, new Lag(System::nanoTime))) {
        pool.turnDown(true);
        List<Group> refused = new ArrayList<>();
        while (refused.isEmpty()) {
          workload.work(20);
          Group group = journal.take(true);
          try {
            write(store, group);
          } catch (StoreException e) {
            assertThat(e).hasMessageStartingWith("The database does not take changes: it is down");
            refused.add(group);
          }
        }
        pool.turnDown(false);
        await()
            .atMost(LIMIT)
            .ignoreExceptions()
            .untilAsserted(() -> store.write(refused.getFirst()));
        acknowledged.write(refused.getFirst());
        store.awaitReadable();
        assertAcknowledged(found(database));
      }
    }
  }

  @Test
  void refusesToStartWithADatabaseThatIsOlderThanTheLog() throws Exception {
    Workload workload = new Workload(journal, numbers::incrementAndGet, new Random(8));
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (Database database = database("file:" + directory.resolve("test"));
        LoggedStore store = store(database, disk, bounds(5_000))) {
      for (int i = 0; i < 20; i++) {
        workload.work(20);
        store.write(journal.take(true));
        store.awaitReadable();
      }
      await().atMost(LIMIT).until(() -> !disk.deleted().isEmpty());
      disk.afterPowerCut(copy.resolve("log"), null);
    }
    assertThatThrownBy(() -> recovered(copy))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("the database ends at group 0");
  }

  @Test
  void givesNoNumberAgainThatWasUsedBeforeAPowerCut() throws Exception {
    try (Database database = onVolatileDisk()) {
      Numbers before = new NumberBlocks(database, Runnable::run).open("test", 10);
      long last = before.getAsLong();
      Path copy = Files.createDirectory(directory.resolve("copy"));
      VolatileDisk.afterPowerCut(directory.resolve("test.mv.db"), copy.resolve("test.mv.db"), null);
      try (Database found = database("file:" + copy.resolve("test"))) {
        assertThat(new NumberBlocks(found, Runnable::run).open("test", 10).getAsLong())
            .isGreaterThan(last);
      }
    }
  }
}
