package io.p2pmining.master.store;

import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups in a log that is forced, from which an {@link Applier} writes them to the database. At a
 * start the database is given what it lacks before anybody reads from it.
 *
 * <p>{@link #write} is for one thread at a time, {@link #awaitReadable} for any. Memory: past
 * {@link Bounds#unappliedBytes} writing waits, and then fails.
 */
final class LoggedStore implements OpenStore {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedStore.class);

  /** How long writing waits for room: as long as a commit may take before it counts as slow. */
  private static final Duration ROOM_PATIENCE = StoreStatus.SLOW;

  /** How long a reader waits for the database to have what is durable. */
  private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /**
   * How much the log may hold.
   *
   * @param segmentBytes when a file of the log is full
   * @param unappliedBytes how much of the log the database may lack; it is in memory, too
   * @param checkpointEvery how long the database may go without being forced to the disk: well
   *     below the 45 s after which H2 uses the place of outdated pages again
   */
  record Bounds(long segmentBytes, long unappliedBytes, Duration checkpointEvery) {

    /** Some twenty seconds' worth at 5000 results a second may wait. */
    static final Bounds DEFAULT = new Bounds(16L << 20, 32L << 20, Duration.ofSeconds(10));
  }

  private final SqlStore database;
  private final GroupLog log;
  private final Backlog backlog;
  private final Applier applier;
  private final long lastGroup;

  private LoggedStore(SqlStore database, GroupLog log, Bounds bounds, Lag lag, long lastGroup) {
    this.database = database;
    this.log = log;
    this.lastGroup = lastGroup;
    backlog = new Backlog(bounds.unappliedBytes, lag, lastGroup);
    applier = new Applier(database, log, backlog, bounds.checkpointEvery);
  }

  /**
   * Opens the log and writes to the database what is in it.
   *
   * @param database closed together with this store
   * @param lag while it is late, what can wait is not written to the database
   * @throws StartupException if it cannot be, or the log is not the database's
   */
  static LoggedStore open(
      SqlStore database, UUID master, Path directory, LogDisk disk, Bounds bounds, Lag lag) {
    try {
      GroupLog log = new GroupLog(directory, disk, master, bounds.segmentBytes);
      Position committed = database.committed();
      LogReplay replay = new LogReplay(database, committed);
      long last = Math.max(committed.group(), log.readEarlier(committed.peerTotals(), replay));
      replay.finish();
      // Also what this process did before: the log relies on its claim.
      database.force();
      log.deleteAll();
      log.startAfter(last);
      LoggedStore store = new LoggedStore(database, log, bounds, lag, last);
      store.applier.start();
      return store;
    } catch (IOException e) {
      throw new StartupException(
          "the directory " + directory + " for changes cannot be used: " + e,
          "make it writable, or choose another data directory with p2pmine.data-dir",
          e);
    } catch (StoreException e) {
      throw new StartupException(
          "the changes in " + directory + " cannot be written to the database: " + e.getMessage(),
          "restore the directory and the database from the same moment; only if the results in it"
              + " may be lost, delete it",
          e);
    }
  }

  @Override
  public long lastGroup() {
    return lastGroup;
  }

  @Override
  public void write(Group group) throws StoreException {
    if (backlog.isLogged(group.number())) {
      return;
    }
    backlog.awaitRoom(ROOM_PATIENCE);
    int bytes;
    try {
      bytes = log.append(group);
    } catch (IOException e) {
      throw new StoreException(
          "The database does not take changes: their log cannot be written: " + e.getMessage(), e);
    }
    backlog.add(group, bytes);
  }

  @Override
  public void awaitReadable() {
    backlog.awaitReadable(READ_PATIENCE);
  }

  /** What is left then is written at the next start. */
  @Override
  public void close() {
    backlog.close();
    boolean complete = false;
    try {
      complete = applier.join(STOP_PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
    database.close();
    if (!complete) {
      LOG.warn("The master ends before the database has everything; the next start goes on");
      return;
    }
    try {
      log.deleteAll();
    } catch (IOException e) {
      LOG.warn("The log cannot be deleted; the next start does it: {}", e.toString());
    }
  }
}
