package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database fails while workers mine; they keep what they find until it is stored. */
class StoreFaultIT {

  private static final Duration OUTAGE = Duration.ofSeconds(4);
  private static final Duration LONG_OUTAGE = Duration.ofSeconds(30);

  /** Past the half minute after which a server that says nothing counts as gone. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration SLOWNESS = Duration.ofSeconds(2);
  private static final int SLOW_COMMITS = 3;

  /** How the reasons of the health's store begin. */
  private static final String GONE = "The database does not take changes";

  private static final String SLOW = "The database is slow: a commit takes";

  @RegisterExtension final Processes processes = new Processes();
  private RandomGenerator random = new Random();

  @BeforeEach
  void seed() {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("StoreFaultIT: -Dtest.seed=" + seed);
    random = new Random(seed);
  }

  @Test
  void deliversEverythingAfterTheDatabaseWasGone() throws Exception {
    loseTheDatabase(DatabaseLine::cut, GONE, OUTAGE);
  }

  @Test
  @Tag("full")
  void deliversEverythingAfterTheDatabaseWasGoneForHalfAMinute() throws Exception {
    loseTheDatabase(DatabaseLine::cut, GONE, LONG_OUTAGE);
  }

  @Test
  @Tag("full")
  void deliversEverythingAfterTheDatabaseSaidNothing() throws Exception {
    loseTheDatabase(DatabaseLine::fallSilent, SLOW, SILENCE);
  }

  private void loseTheDatabase(Consumer<DatabaseLine> fault, String trouble, Duration outage)
      throws Exception {
    try (DurablePostgres postgres = DurablePostgres.start();
        DatabaseLine line = DatabaseLine.to(postgres.port());
        LoadedMaster loaded = onPostgres(postgres, line)) {
      Mined before = Mined.by(loaded.fleet());
      fault.accept(line);
      awaitTrouble(loaded, trouble);
      assertKeepsMiningUnstored(loaded, before, outage);
      line.mend();
      awaitRecovery(loaded);
      loaded.finish();
    }
  }

  @Test
  void acknowledgesLaterWhileTheDatabaseIsSlow() throws Exception {
    try (DurablePostgres postgres = DurablePostgres.start();
        DatabaseLine line = DatabaseLine.to(postgres.port());
        LoadedMaster loaded = onPostgres(postgres, line)) {
      line.delayCommits(SLOWNESS);
      awaitTrouble(loaded, SLOW);
      long hashes = loaded.fleet().hashes();
      for (int i = 0; i < SLOW_COMMITS; i++) {
        loaded.awaitMining();
        assertThat(loaded.master().isReady()).as("readiness").isFalse();
      }
      assertThat(loaded.fleet().hashes()).as("hashes").isGreaterThan(hashes);
      line.delayCommits(Duration.ZERO);
      awaitRecovery(loaded);
      loaded.finish();
    }
  }

  @Test
  void deliversEverythingAfterTheDiskWasFull() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(processes.directory().resolve("disk"));
        LoadedMaster loaded = inDirectory(disk.directory().resolve("master"))) {
      Mined before = Mined.by(loaded.fleet());
      disk.fill();
      awaitTrouble(loaded, GONE);
      assertKeepsMiningUnstored(loaded, before, OUTAGE);
      disk.free();
      awaitRecovery(loaded);
      loaded.finish();
    }
  }

  @Test
  void deliversEverythingAfterACrashOnAFullDisk() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(processes.directory().resolve("disk"));
        LoadedMaster loaded = inDirectory(disk.directory().resolve("master"))) {
      disk.fill();
      awaitTrouble(loaded, GONE);
      loaded.master().kill();
      disk.free();
      loaded.master().startAgain();
      awaitRecovery(loaded);
      loaded.finish();
    }
  }

  private LoadedMaster onPostgres(DurablePostgres postgres, DatabaseLine line) throws Exception {
    return new LoadedMaster(
        processes,
        random,
        processes.directory().resolve("master"),
        postgres::connect,
        List.of("--spring.datasource.url=" + DurablePostgres.url(line.port())));
  }

  private LoadedMaster inDirectory(Path data) throws Exception {
    String url = "jdbc:h2:file:" + data.resolve("p2pmine") + ";IFEXISTS=TRUE";
    return new LoadedMaster(
        processes, random, data, () -> DriverManager.getConnection(url), List.of());
  }

  private static void awaitTrouble(LoadedMaster loaded, String trouble) {
    loaded
        .master()
        .awaiting("the store's health says: " + trouble)
        .until(() -> loaded.master().storeTrouble().startsWith(trouble));
    assertThat(loaded.master().isReady()).as("readiness").isFalse();
  }

  /** What workers have searched, and how many of their results wait to be acknowledged. */
  private record Mined(long hashes, int waiting) {

    static Mined by(LoadFleet fleet) {
      return new Mined(fleet.hashes(), fleet.unacknowledged());
    }
  }

  /**
   * Workers mine on and keep what they find; nobody tells them that it is stored.
   *
   * @param before the trouble: what they have in hand may be searched before it is noticed
   */
  private static void assertKeepsMiningUnstored(LoadedMaster loaded, Mined before, Duration outage)
      throws Exception {
    int acknowledged = loaded.fleet().witness().count();
    Thread.sleep(outage);
    assertThat(loaded.fleet().witness().count())
        .as("results acknowledged while nothing can be stored")
        .isEqualTo(acknowledged);
    assertThat(loaded.fleet().areAllConnected()).as("workers are connected").isTrue();
    assertThat(loaded.fleet().hashes()).as("hashes").isGreaterThan(before.hashes());
    assertThat(loaded.fleet().unacknowledged()).as("results kept").isGreaterThan(before.waiting());
    assertThat(loaded.master().isReady()).as("readiness").isFalse();
    assertThat(loaded.master().storeTrouble()).as("trouble").isNotEmpty();
  }

  /** Ready again by itself, and results are acknowledged. */
  private static void awaitRecovery(LoadedMaster loaded) {
    loaded.master().awaitReady();
    loaded.awaitMining();
  }
}
