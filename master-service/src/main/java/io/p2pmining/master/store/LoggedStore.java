package io.p2pmining.master.store;

import io.p2pmining.master.startup.StartupException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Groups in a log that is forced, from which a thread of this store's own writes them to the
 * database, several in a transaction, without waiting for the disk each time. A file of the log is
 * deleted when the database has all of it for certain. At a start the database is given what it
 * lacks before anybody reads from it.
 *
 * <p>{@link #write} is for one thread at a time, {@link #awaitReadable} for any. Memory: past
 * {@link Bounds} of groups that the database does not have, writing waits, and then fails.
 */
final class LoggedStore implements OpenStore {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedStore.class);

  /** How long the next groups are waited for, so that they share a transaction. */
  private static final Duration GATHERING = Duration.ofMillis(25);

  /** How long writing waits for room: as long as a commit may take before it counts as slow. */
  private static final Duration ROOM_PATIENCE = Duration.ofSeconds(1);

  /** How long a reader waits for the database to have what is durable. */
  private static final Duration READ_PATIENCE = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(2);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  /**
   * Where waiting begins.
   *
   * @param segmentBytes when a file of the log is full
   * @param unappliedBytes how much of the log the database may lack; it is in memory, too
   * @param checkpointEvery how long the database may go without being forced to the disk: well
   *     below the 45 s after which H2 uses the place of outdated pages again
   */
  record Bounds(long segmentBytes, long unappliedBytes, Duration checkpointEvery) {

    /** Twenty seconds' worth at 5000 results a second. */
    static final Bounds DEFAULT = new Bounds(16L << 20, 32L << 20, Duration.ofSeconds(10));
  }

  private record Logged(Group group, int bytes) {}

  private final SqlStore database;
  private final GroupLog log;
  private final Bounds bounds;
  private final long lastGroup;
  private final Thread thread;

  // Guarded by this.
  private final Deque<Logged> unapplied = new ArrayDeque<>();
  private long unappliedBytes;
  private long logged;
  private long applied;
  private int readers;
  private String failure = "";
  private boolean closing;
  private boolean abandoned;

  // Owned by the applier's thread.
  private long forced;
  private long forcedAt = System.nanoTime();
  private Duration pause = FIRST_RETRY;

  private LoggedStore(SqlStore database, GroupLog log, Bounds bounds, long lastGroup) {
    this.database = database;
    this.log = log;
    this.bounds = bounds;
    this.lastGroup = lastGroup;
    logged = lastGroup;
    applied = lastGroup;
    forced = lastGroup;
    thread = Thread.ofPlatform().daemon().name("applier").unstarted(this::run);
  }

  /**
   * Opens the log and writes to the database what is in it.
   *
   * @param database closed together with this store
   * @throws StartupException if it cannot be, or the log is not the database's
   */
  static LoggedStore open(
      SqlStore database, UUID master, Path directory, LogDisk disk, Bounds bounds) {
    try {
      GroupLog log = new GroupLog(directory, disk, master, bounds.segmentBytes);
      LogReplay replay = new LogReplay(database);
      long last = log.readEarlier(database.lastGroup(), replay);
      replay.finish();
      database.force();
      log.deleteAll();
      log.startAfter(last);
      LoggedStore store = new LoggedStore(database, log, bounds, last);
      store.thread.start();
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

  // ---------------------------------------------------------------- the committer's thread

  @Override
  public void write(Group group) throws StoreException {
    if (!isLogged(group)) {
      awaitRoom();
      int bytes;
      try {
        bytes = log.append(group);
      } catch (IOException e) {
        throw new StoreException(
            "The database does not take changes: their log cannot be written: " + e.getMessage(),
            e);
      }
      synchronized (this) {
        logged = group.number();
        unapplied.addLast(new Logged(group, bytes));
        unappliedBytes += bytes;
        notifyAll();
      }
    }
  }

  private synchronized boolean isLogged(Group group) {
    return group.number() <= logged;
  }

  private synchronized void awaitRoom() throws StoreException {
    if (!await(ROOM_PATIENCE, () -> unappliedBytes <= bounds.unappliedBytes)) {
      throw new StoreException(
          failure.isEmpty()
              ? "The database does not keep up with its log: it lacks "
                  + unapplied.size()
                  + " groups"
              : failure);
    }
  }

  private interface Condition {
    boolean holds();
  }

  /** Waits for a condition; the lock is held by the caller. */
  private boolean await(Duration longest, Condition condition) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!condition.holds()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return condition.holds();
      }
    }
    return true;
  }

  // ---------------------------------------------------------------- readers

  @Override
  public synchronized void awaitReadable() {
    long wanted = logged;
    if (applied >= wanted) {
      return;
    }
    readers++;
    notifyAll();
    try {
      if (!await(READ_PATIENCE, () -> applied >= wanted)) {
        throw new StoreUnavailableException(
            failure.isEmpty() ? "the database does not keep up with its log" : failure);
      }
    } finally {
      readers--;
    }
  }

  // ---------------------------------------------------------------- the applier's thread

  private void run() {
    boolean certain = true;
    while (!isDone()) {
      try {
        if (!certain) {
          catchUp();
        }
        certain = false;
        step();
        certain = true;
        succeeded();
      } catch (StoreException | RuntimeException e) {
        failed(e);
      }
    }
  }

  private synchronized boolean isDone() {
    return abandoned || (closing && unapplied.isEmpty() && forced >= applied);
  }

  private void step() throws StoreException {
    Group next = next();
    if (next.number() > 0) {
      database.commit(next);
      applied(next.number());
    }
    if (isCheckpointDue()) {
      checkpoint();
    }
  }

  /** What waits, up to a bound, as one group; one without a number if there is nothing to write. */
  private Group next() {
    Group next = new Group();
    synchronized (this) {
      await(bounds.checkpointEvery, () -> !unapplied.isEmpty() || closing);
      await(GATHERING, () -> readers > 0 || closing || abandoned);
      for (Logged one : unapplied) {
        next.appendChanges(one.group);
        next.number(one.group.number());
        if (next.size() >= LogReplay.MAX_ROWS) {
          break;
        }
      }
    }
    return next;
  }

  private synchronized void applied(long number) {
    while (!unapplied.isEmpty() && unapplied.getFirst().group.number() <= number) {
      unappliedBytes -= unapplied.removeFirst().bytes;
    }
    applied = Math.max(applied, number);
    notifyAll();
  }

  private synchronized long applied() {
    return applied;
  }

  private boolean isCheckpointDue() {
    long sofar = applied();
    boolean old = System.nanoTime() - forcedAt >= bounds.checkpointEvery.toNanos();
    return (forced < sofar && (old || isDrained())) || log.hasFilesThrough(sofar);
  }

  private synchronized boolean isDrained() {
    return closing && unapplied.isEmpty();
  }

  /** After it the log is not needed up to here. */
  private void checkpoint() throws StoreException {
    long sofar = applied();
    database.force();
    forced = sofar;
    forcedAt = System.nanoTime();
    try {
      log.deleteThrough(sofar);
    } catch (IOException e) {
      LOG.warn("Files of the log cannot be deleted, for now: {}", e.toString());
    }
  }

  /**
   * After trouble the database may have more than is known, if an answer was lost, or less, if it
   * had to be opened again: then what it lost is in the log.
   */
  private void catchUp() throws StoreException {
    long committed = database.committed();
    long before = applied();
    if (committed < before) {
      LOG.warn("The database lost what it had not forced; it is written again from the log");
      try {
        LogReplay replay = new LogReplay(database);
        log.read(committed, before, replay);
        replay.finish();
      } catch (IOException e) {
        throw new StoreException("The log cannot be read: " + e.getMessage(), e);
      }
    } else {
      applied(committed);
    }
  }

  private void succeeded() {
    pause = FIRST_RETRY;
    synchronized (this) {
      if (!failure.isEmpty()) {
        failure = "";
        LOG.info("The database takes changes from the log again");
      }
    }
  }

  private synchronized void failed(Exception e) {
    if (failure.isEmpty()) {
      LOG.warn("{}; the log keeps them until it does", e.getMessage());
    }
    LOG.debug("Writing from the log failed", e);
    failure = String.valueOf(e.getMessage());
    Duration wait = pause;
    pause = pause.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? pause.multipliedBy(2) : LAST_RETRY;
    await(wait, () -> abandoned);
  }

  /** Writes what is there, for a short time; what is left is written at the next start. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      if (!thread.join(STOP_PATIENCE)) {
        synchronized (this) {
          abandoned = true;
          notifyAll();
        }
        thread.join(READ_PATIENCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.close();
    finish();
    database.close();
  }

  private synchronized void finish() {
    if (thread.isAlive() || !unapplied.isEmpty() || forced < applied) {
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
