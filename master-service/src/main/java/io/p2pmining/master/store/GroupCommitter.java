package io.p2pmining.master.store;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes groups durable, one after the other. A group that cannot be written is
 * tried again until it can; meanwhile the journal collects the next. What waited for a group
 * happens on the dispatcher's thread, in the order in which it was recorded.
 */
public final class GroupCommitter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);

  /** Tells other masters that this one is alive, however little happens. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** How long what is lazy waits at most when there is always something urgent. */
  private static final Duration MOST_LAZINESS = Journal.LAZINESS.multipliedBy(5);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final Journal journal;
  private final Store store;
  private final Executor owner;
  private final StoreStatus status;
  private final Lag lag;
  private final Duration interval;
  private final Thread thread;
  private volatile boolean closing;

  // Owned by the committer's thread.
  private long lastGroupAt;
  private long lastRoundAt;

  /**
   * A committer that has not started.
   *
   * @param owner runs what waited for a group
   * @param lag is told of groups that something waits for
   * @param interval how long changes are collected before they are written together
   */
  public GroupCommitter(
      Journal journal,
      Store store,
      Executor owner,
      StoreStatus status,
      Lag lag,
      Duration interval) {
    this.journal = journal;
    this.store = store;
    this.owner = owner;
    this.status = status;
    this.lag = lag;
    this.interval = interval;
    thread = Thread.ofPlatform().daemon().name("committer").unstarted(this::run);
  }

  public void start() {
    lastGroupAt = System.nanoTime();
    lastRoundAt = lastGroupAt;
    thread.start();
  }

  private void run() {
    try {
      while (!closing) {
        boolean urgent = journal.awaitUrgent(Journal.LAZINESS);
        if (urgent) {
          collect();
        }
        step(urgent);
      }
      journal.hurry();
      do {
        step(true);
      } while (journal.hasWaited());
      step(true);
    } catch (InterruptedException e) {
      LOG.warn("The master ends before everything was written; workers keep what is not");
    }
  }

  /** Lets as much time pass as is left of the interval since the last group. */
  private void collect() throws InterruptedException {
    long left = interval.toNanos() - (System.nanoTime() - lastGroupAt);
    if (left > 0 && !closing) {
      Thread.sleep(Duration.ofNanos(Math.min(left, interval.toNanos())));
    }
  }

  private void step(boolean urgent) throws InterruptedException {
    long now = System.nanoTime();
    boolean roundOver = closing || isRoundOver(now - lastRoundAt);
    if (!urgent && !roundOver) {
      return;
    }
    Group group = journal.take(roundOver);
    if (!group.effects().isEmpty()) {
      lag.begun();
    }
    boolean heartbeat = now - lastGroupAt >= HEARTBEAT.toNanos();
    if (roundOver && !journal.hasWaited()) {
      lastRoundAt = now;
    }
    if (!group.changesNothing() || heartbeat) {
      lastGroupAt = now;
      write(group);
    }
    happen(group);
  }

  private boolean isRoundOver(long nanos) {
    return nanos >= Journal.LAZINESS.toNanos()
        && (nanos >= MOST_LAZINESS.toNanos() || !lag.isLate());
  }

  private void write(Group group) throws InterruptedException {
    RetryPause pause = new RetryPause();
    while (true) {
      status.writing();
      try {
        store.write(group);
        if (status.isFailing()) {
          LOG.info("The database takes changes again");
        }
        status.written();
        return;
      } catch (StoreException | RuntimeException e) {
        boolean first = !status.isFailing();
        status.failed(String.valueOf(e.getMessage()));
        if (first) {
          LOG.warn("{}; trying again until it does", e.getMessage());
        }
        LOG.debug("Writing a group failed", e);
      }
      Thread.sleep(pause.next());
    }
  }

  /** What is durable has to happen: a dispatcher that has too much to do is waited for. */
  private void happen(Group group) throws InterruptedException {
    if (group.effects().isEmpty()) {
      return;
    }
    Runnable effects =
        () -> {
          try {
            group.effects().forEach(Runnable::run);
          } finally {
            lag.happened();
          }
        };
    RetryPause pause = new RetryPause();
    while (true) {
      try {
        owner.execute(effects);
        return;
      } catch (RejectedExecutionException e) {
        if (closing) {
          lag.happened();
          LOG.debug("The dispatcher has ended; workers send again what was not acknowledged", e);
          return;
        }
      }
      Thread.sleep(pause.next());
    }
  }

  /** Writes what is there, for a short time. */
  @Override
  public void close() {
    closing = true;
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        thread.interrupt();
        thread.join(STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
