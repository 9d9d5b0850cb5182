package io.p2pmining.master.store;

import io.p2pmining.master.work.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes groups from the log to the database, several in a transaction, and deletes
 * the files of the log that the database has for certain. What fails is tried again until it does
 * not.
 *
 * <p>The totals of peers change with every share: they are added up in memory and written when
 * somebody wants to read, and before the log is cut. Memory: the peers that found something since.
 */
final class Applier {

  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  /**
   * How long the next groups are waited for, so that they share a transaction: what changes several
   * times meanwhile is written once. Whoever wants to read does not wait for it.
   */
  private static final Duration GATHERING = Duration.ofMillis(50);

  /** How long the database is left alone while workers wait longer than they should. */
  private static final Duration YIELDING = Duration.ofSeconds(1);

  private final SqlStore database;
  private final GroupLog log;
  private final Backlog backlog;
  private final Duration checkpointEvery;
  private final Thread thread;

  // Owned by the applier's thread.
  private boolean certain = true;
  private Group lateTotals = new Group();
  private long forced;
  private long forcedAt = System.nanoTime();
  private final RetryPause pause = new RetryPause();

  /**
   * An applier that has not started.
   *
   * @param checkpointEvery how long the database may go without being forced to the disk
   */
  Applier(SqlStore database, GroupLog log, Backlog backlog, Duration checkpointEvery) {
    this.database = database;
    this.log = log;
    this.backlog = backlog;
    this.checkpointEvery = checkpointEvery;
    forced = backlog.applied();
    thread = Thread.ofPlatform().daemon().name("applier").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!backlog.isAbandoned() && !(backlog.isDrained() && forced >= backlog.applied())) {
      try {
        step();
        pause.reset();
        if (backlog.succeeded()) {
          LOG.info("The database takes changes from the log again");
        }
      } catch (StoreException | RuntimeException e) {
        if (backlog.failed(String.valueOf(e.getMessage()))) {
          LOG.warn("{}; the log keeps them until it does", e.getMessage());
        }
        LOG.debug("Writing from the log failed", e);
        backlog.pause(pause.next());
      }
    }
  }

  private void step() throws StoreException {
    if (!certain) {
      catchUp();
    }
    certain = false;
    Group next = backlog.next(checkpointEvery, GATHERING, YIELDING);
    if (next.number() > 0) {
      Map<PeerId, PeerTotals> grown = next.withdrawPeerTotals();
      database.commit(next);
      lateTotals.addPeerTotals(grown);
      backlog.applied(next.number(), false);
    }
    boolean checkpoint = isCheckpointDue();
    if (checkpoint || backlog.isHurried()) {
      settle();
    }
    if (checkpoint) {
      checkpoint();
    }
    certain = true;
  }

  /** Writes the totals of peers, up to what has been applied. */
  private void settle() throws StoreException {
    if (!backlog.isSettled()) {
      lateTotals.number(backlog.applied());
      database.commit(lateTotals);
      lateTotals = new Group();
      backlog.applied(backlog.applied(), true);
    }
  }

  /**
   * After trouble the database may have more than is known, if an answer was lost, or less, if it
   * had to be opened again: then what it lost is in the log, and so are the totals that it lacks.
   */
  private void catchUp() throws StoreException {
    Position committed = database.committed();
    long end = Math.max(committed.group(), backlog.applied());
    if (committed.group() < end) {
      LOG.warn("The database lost what was not forced; it is written again from the log");
    }
    if (committed.peerTotals() < end) {
      rewrite(committed, end);
    }
    lateTotals = new Group();
    backlog.applied(end, true);
  }

  private void rewrite(Position committed, long end) throws StoreException {
    try {
      LogReplay replay = new LogReplay(database, committed);
      log.read(committed.peerTotals(), end, replay);
      replay.finish();
    } catch (IOException e) {
      throw new StoreException("The log cannot be read: " + e.getMessage(), e);
    }
  }

  private boolean isCheckpointDue() {
    long applied = backlog.applied();
    boolean old = System.nanoTime() - forcedAt >= checkpointEvery.toNanos();
    return (forced < applied && (old || backlog.isDrained())) || log.hasFilesThrough(applied);
  }

  /** After it the log is not needed up to here. */
  private void checkpoint() throws StoreException {
    long applied = backlog.applied();
    database.force();
    forced = applied;
    forcedAt = System.nanoTime();
    try {
      log.deleteThrough(applied);
    } catch (IOException e) {
      LOG.warn("Files of the log cannot be deleted, for now: {}", e.toString());
    }
  }

  /**
   * Waits until the database has everything for certain; the backlog has been closed.
   *
   * @return whether it has
   */
  boolean join(Duration longest) throws InterruptedException {
    if (thread.join(longest)) {
      return true;
    }
    backlog.abandon();
    thread.join(longest);
    return false;
  }
}
