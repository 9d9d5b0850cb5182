package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kills the master over and over, at any moment, and finds everything that it acknowledged. */
class MasterCrashIT {

  private static final int CRASHES = 20;
  private static final int MANY_CRASHES = 200;
  private static final int LONGEST_LIFE_MS = 1500;

  /** About what a start takes: the second crash of a pair comes somewhere within it. */
  private static final int START_MS = 3000;

  private static final int CRASHES_PER_EARLY_CRASH = 4;
  private static final int CRASHES_PER_WORKER_CRASH = 4;

  /** Five seconds are promised; a machine that builds something else meanwhile is slow. */
  private static final Duration LONGEST_STANDSTILL = Duration.ofSeconds(20);

  @RegisterExtension final Processes processes = new Processes();

  @Test
  void losesNothingInAFile() throws Exception {
    crashInAFile(CRASHES);
  }

  @Test
  void losesNothingInPostgreSql() throws Exception {
    crashInPostgreSql(CRASHES);
  }

  @Test
  @Tag("full")
  void losesNothingInAFileInManyCrashes() throws Exception {
    crashInAFile(MANY_CRASHES);
  }

  @Test
  @Tag("full")
  void losesNothingInPostgreSqlInManyCrashes() throws Exception {
    crashInPostgreSql(MANY_CRASHES);
  }

  private void crashInAFile(int crashes) throws Exception {
    Path data = processes.directory().resolve("master");
    String url = "jdbc:h2:file:" + data.resolve("p2pmine") + ";IFEXISTS=TRUE";
    crash(crashes, data, () -> DriverManager.getConnection(url), List.of());
  }

  private void crashInPostgreSql(int crashes) throws Exception {
    try (DurablePostgres postgres = DurablePostgres.start()) {
      crash(
          crashes,
          processes.directory().resolve("master"),
          postgres::connect,
          List.of("--spring.datasource.url=" + DurablePostgres.url(postgres.port())));
    }
  }

  private void crash(int crashes, Path data, LoadedMaster.Database database, List<String> settings)
      throws Exception {
    long seed = Long.getLong("test.seed", System.nanoTime());
    System.out.println("MasterCrashIT: -Dtest.seed=" + seed);
    RandomGenerator random = new Random(seed);
    try (LoadedMaster loaded =
        new LoadedMaster(processes, random, data, database, withShortUnits(settings))) {
      loaded.fleet().loseConnections();
      RealWorker worker = new RealWorker(processes, loaded.master());
      Duration longest = Duration.ZERO;
      for (int crash = 1; crash <= crashes; crash++) {
        Thread.sleep(random.nextInt(LONGEST_LIFE_MS));
        if (random.nextInt(CRASHES_PER_WORKER_CRASH) == 0) {
          worker.crash();
        }
        Duration standstill = crashOnce(crash, loaded, random);
        longest = longest.compareTo(standstill) < 0 ? standstill : longest;
      }
      System.out.println("MasterCrashIT: longest standstill " + longest.toMillis() + " ms");
      assertThat(longest)
          .as("from ready until a result is acknowledged")
          .isLessThan(LONGEST_STANDSTILL);
      assertEverybodyTookPart(loaded.finish(), loaded.fleet().inHand().keySet());
    }
  }

  /** Many small units: a crash has to come between all that can happen to one. */
  private static List<String> withShortUnits(List<String> settings) {
    return Stream.concat(
            settings.stream(),
            Stream.of(
                "--p2pmine.master.work.unit-duration=500ms",
                "--p2pmine.master.work.reconnect-grace=5s"))
        .toList();
  }

  /** Answers how long it took from the master's being ready until a result was acknowledged. */
  private static Duration crashOnce(int crash, LoadedMaster loaded, RandomGenerator random)
      throws Exception {
    RestartedMaster master = loaded.master();
    master.kill();
    master.startAgain();
    if (random.nextInt(CRASHES_PER_EARLY_CRASH) == 0) {
      Thread.sleep(random.nextInt(START_MS));
      master.kill();
      master.startAgain();
    }
    long began = System.nanoTime();
    master.awaitReady();
    long readyAfter = Duration.ofNanos(System.nanoTime() - began).toMillis();
    Duration standstill = loaded.awaitMining();
    System.out.printf(
        "MasterCrashIT: crash %d: ready after %d ms, a result acknowledged %d ms later, %d so far%n",
        crash, readyAfter, standstill.toMillis(), loaded.fleet().witness().count());
    return standstill;
  }

  /** Or else less was tried than it seems. */
  private static void assertEverybodyTookPart(StoredWork stored, Set<String> scripted) {
    assertThat(stored.shares())
        .as("shares")
        .anyMatch(share -> share.block())
        .anyMatch(share -> !scripted.contains(share.peer()));
    assertThat(stored.jobs())
        .as("jobs")
        .anyMatch(StoredWork.Job::hasStopped)
        .anyMatch(job -> job.state().equals("COMPLETED") && !job.hasStopped());
  }
}
