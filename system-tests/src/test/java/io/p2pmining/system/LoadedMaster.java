package io.p2pmining.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A master with workers that load it, and the question at the end whether anything was lost. */
final class LoadedMaster implements AutoCloseable {

  private static final int WORKERS = 4;
  private static final int UNITS_IN_HAND = 2;

  /** Opens the database once the master has ended. */
  interface Database {
    Connection open() throws SQLException;
  }

  private final RestartedMaster master;
  private final JobPoster poster;
  private final LoadFleet fleet;
  private final Database database;

  /**
   * Starts master and workers, and waits until results are acknowledged.
   *
   * @param data the master's directory
   * @param database where its work is to be found afterwards
   * @param settings more of the master's settings
   */
  LoadedMaster(
      Processes processes,
      RandomGenerator random,
      Path data,
      Database database,
      List<String> settings)
      throws Exception {
    this.database = database;
    List<String> all = new ArrayList<>(settings);
    // Nothing but the jobs that are posted.
    all.add("--p2pmine.master.benchmark=off");
    // A restart drops second searches and what they found: the invariants are those of a job's own.
    all.add("--p2pmine.master.trust.redo-share=0");
    master =
        new RestartedMaster(processes, MasterProgram.ofThisBuild(processes), random, data, all);
    master.awaitReady();
    poster = new JobPoster(master.api(), new Random(random.nextLong()));
    fleet = new LoadFleet(master.address(), WORKERS, new Random(random.nextLong()));
    awaitMining();
  }

  RestartedMaster master() {
    return master;
  }

  LoadFleet fleet() {
    return fleet;
  }

  /** Waits until one more result has been acknowledged, and answers how long that took. */
  Duration awaitMining() {
    int before = fleet.witness().count();
    long began = System.nanoTime();
    master.awaiting("a result is acknowledged").until(() -> fleet.witness().count() > before);
    return Duration.ofNanos(System.nanoTime() - began);
  }

  /**
   * Has the workers deliver what they have, ends the master in order and looks into its database.
   */
  StoredWork finish() throws Exception {
    fleet.rest();
    master
        .awaiting("everything is delivered")
        .until(() -> fleet.unacknowledged() == 0 && areAllSupplied());
    poster.close();
    master.stop();
    StoredWork stored;
    try (Connection connection = database.open()) {
      stored = StoredWork.read(connection);
    }
    Invariants invariants = new Invariants(stored, fleet.witness());
    invariants.check();
    invariants.checkHeld(fleet.inHand());
    assertJobsAreThere(stored);
    return stored;
  }

  /** Every job that a client was told of, and none twice. */
  private void assertJobsAreThere(StoredWork stored) {
    assertThat(poster.failures()).as("posting jobs").isEmpty();
    assertThat(stored.jobs().stream().map(StoredWork.Job::id))
        .as("jobs")
        .containsAll(poster.answered())
        .hasSizeLessThanOrEqualTo(poster.requests());
  }

  /** Nothing is on its way to a worker that has all that it asked for. */
  private boolean areAllSupplied() {
    return fleet.areAllConnected()
        && fleet.inHand().values().stream().allMatch(held -> held.size() == UNITS_IN_HAND);
  }

  @Override
  public void close() throws InterruptedException {
    poster.close();
    fleet.close();
    master.close();
  }
}
