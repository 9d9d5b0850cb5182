package io.p2pmining.master.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The groups that are durable in the log and not in the database yet. Safe for use by any thread.
 * Memory: whoever adds groups waits for room before.
 */
final class Backlog {

  /** How often it is looked whether others are still late. */
  private static final Duration LOOK = Duration.ofMillis(10);

  /** Rows of one transaction, about: so few that others need not step aside for long. */
  private static final int MAX_ROWS = 4000;

  private record Logged(Group group, int bytes) {}

  private final long maxBytes;
  private final Lag lag;

  // Guarded by this.
  private final Deque<Logged> unapplied = new ArrayDeque<>();
  private long bytes;
  private long logged;
  private long applied;
  private long settled;
  private int readers;
  private String failure = "";
  private boolean closing;
  private boolean abandoned;

  /**
   * An empty backlog.
   *
   * @param maxBytes how much of the log may wait
   * @param lag of what is more urgent than the database
   * @param lastGroup the number of the last group that the database has
   */
  Backlog(long maxBytes, Lag lag, long lastGroup) {
    this.maxBytes = maxBytes;
    this.lag = lag;
    logged = lastGroup;
    applied = lastGroup;
    settled = lastGroup;
  }

  private boolean await(Duration longest, BooleanSupplier condition) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  // ---------------------------------------------------------------- whoever writes the log

  synchronized boolean isLogged(long number) {
    return number <= logged;
  }

  /** Waits until there is room, for so long at most. */
  synchronized void awaitRoom(Duration longest) throws StoreException {
    if (!await(longest, () -> bytes <= maxBytes)) {
      throw new StoreException(
          failure.isEmpty()
              ? "The database does not keep up: it lacks " + unapplied.size() + " groups of its log"
              : failure);
    }
  }

  synchronized void add(Group group, int size) {
    logged = group.number();
    unapplied.addLast(new Logged(group, size));
    bytes += size;
    notifyAll();
  }

  // ---------------------------------------------------------------- readers

  /**
   * Waits until the database has what is logged now, for so long at most.
   *
   * @throws StoreUnavailableException if it has not
   */
  synchronized void awaitReadable(Duration longest) {
    long wanted = logged;
    if (settled >= wanted) {
      return;
    }
    readers++;
    notifyAll();
    try {
      if (!await(longest, () -> settled >= wanted)) {
        throw new StoreUnavailableException(
            failure.isEmpty() ? "the database does not keep up with its log" : failure);
      }
    } finally {
      readers--;
    }
  }

  // ---------------------------------------------------------------- the applier

  /**
   * Waits for groups, and for some more, unless somebody wants to read them.
   *
   * @param longest how long the first is waited for
   * @param gathering how long others are waited for that can go with it
   * @param yielding how long groups wait then while others are late, unless there are many of them
   * @return what waits, up to some rows, as one group with the number of the last; one without a
   *     number if nothing does
   */
  Group next(Duration longest, Duration gathering, Duration yielding) {
    Group next = new Group();
    for (Logged one : awaitNext(longest, gathering, yielding)) {
      next.appendChanges(one.group);
      next.number(one.group.number());
      if (next.size() >= MAX_ROWS) {
        break;
      }
    }
    return next;
  }

  private synchronized List<Logged> awaitNext(
      Duration longest, Duration gathering, Duration yielding) {
    if (await(longest, () -> !unapplied.isEmpty() || closing || isAwaited())) {
      await(gathering, this::isHurried);
      for (long i = yielding.dividedBy(LOOK); i > 0 && lag.isLate() && !isUrgent(); i--) {
        await(LOOK, this::isUrgent);
      }
    }
    return List.copyOf(unapplied);
  }

  private boolean isUrgent() {
    return isHurried() || bytes > maxBytes / 4;
  }

  /** Whether the database is to have everything as soon as it can. */
  synchronized boolean isHurried() {
    return closing || readers > 0;
  }

  private boolean isAwaited() {
    return readers > 0 && settled < logged;
  }

  /**
   * The database has the groups up to this one.
   *
   * @param withPeerTotals whether it has the totals of peers as well
   */
  synchronized void applied(long number, boolean withPeerTotals) {
    while (!unapplied.isEmpty() && unapplied.getFirst().group.number() <= number) {
      bytes -= unapplied.removeFirst().bytes;
    }
    applied = Math.max(applied, number);
    settled = withPeerTotals ? applied : settled;
    notifyAll();
  }

  synchronized long applied() {
    return applied;
  }

  /** Whether the database has the totals of peers of every group that it has. */
  synchronized boolean isSettled() {
    return settled >= applied;
  }

  /** Notes why the database does not take groups; answers whether that is news. */
  synchronized boolean failed(String reason) {
    boolean first = failure.isEmpty();
    failure = reason;
    return first;
  }

  /** The database takes groups; answers whether that is news. */
  synchronized boolean succeeded() {
    boolean failed = !failure.isEmpty();
    failure = "";
    return failed;
  }

  /** Waits before something is tried again. */
  synchronized void pause(Duration time) {
    await(time, () -> abandoned);
  }

  // ---------------------------------------------------------------- the end

  /** No more groups come. */
  synchronized void close() {
    closing = true;
    notifyAll();
  }

  /** What waits is not written any more. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  synchronized boolean isAbandoned() {
    return abandoned;
  }

  /** Whether nothing waits, and nothing more comes. */
  synchronized boolean isDrained() {
    return closing && unapplied.isEmpty();
  }
}
