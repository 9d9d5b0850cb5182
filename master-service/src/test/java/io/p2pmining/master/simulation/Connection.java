package io.p2pmining.master.simulation;

import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A connection in the manner of TCP: each direction keeps its order and takes its time; when it is
 * cut, the last messages of either direction are lost.
 */
final class Connection implements PeerLink {

  private static final int MAX_DELAY_MS = 2500;

  private final SimulatedWorker worker;
  private final Observer observer;
  private final Clock clock;
  private final Random random;
  private final Runnable masterTurn;
  private final Deque<Message> toMaster = new ArrayDeque<>();
  private final Deque<Message> toWorker = new ArrayDeque<>();
  private boolean open = true;
  private boolean busy;

  /**
   * An open connection.
   *
   * @param masterTurn lets the master handle what has reached it
   */
  Connection(
      SimulatedWorker worker, Observer observer, Clock clock, Random random, Runnable masterTurn) {
    this.worker = worker;
    this.observer = observer;
    this.clock = clock;
    this.random = random;
    this.masterTurn = masterTurn;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the master has closed it because it is busy. */
  boolean isBusy() {
    return busy;
  }

  void toMaster(Runnable action) {
    send(
        toMaster,
        () -> {
          action.run();
          masterTurn.run();
        });
  }

  /** Delivers what has travelled long enough. */
  void deliver() {
    deliver(toMaster);
    if (open) {
      deliver(toWorker);
    }
  }

  /** Ends the connection; some of what is under way still arrives, the rest never does. */
  void cut() {
    open = false;
    deliverSome(toMaster);
    deliverSome(toWorker);
  }

  /** The master is gone, and everything on its way to it. */
  void masterDied() {
    open = false;
    toMaster.clear();
    deliverSome(toWorker);
  }

  @Override
  public void assign(List<Assignment> assignments) {
    for (Assignment assignment : assignments) {
      observer.assigned(worker, assignment);
      send(toWorker, () -> worker.takes(assignment));
    }
  }

  @Override
  public void noWork(NoWorkReason reason, String detail) {
    send(toWorker, () -> worker.hearsNoWork(reason));
  }

  @Override
  public void cancel(List<UnitRef> units, CancelReason reason) {
    observer.cancelled(worker, units, reason);
    send(toWorker, () -> worker.drops(units));
  }

  @Override
  public void acknowledge(long resultId, Verdict verdict) {
    observer.acknowledged(worker, resultId, verdict);
    send(toWorker, () -> worker.forgets(resultId));
  }

  @Override
  public void disconnectBusy(String detail) {
    busy = true;
  }

  private void send(Deque<Message> direction, Runnable action) {
    if (!open) {
      return;
    }
    Instant earliest = clock.instant().plus(Duration.ofMillis(random.nextInt(MAX_DELAY_MS)));
    Message last = direction.peekLast();
    Instant at = last != null && last.at().isAfter(earliest) ? last.at() : earliest;
    direction.add(new Message(at, action));
  }

  private void deliver(Deque<Message> direction) {
    while (!direction.isEmpty() && !direction.getFirst().at().isAfter(clock.instant())) {
      direction.removeFirst().action().run();
    }
  }

  private void deliverSome(Deque<Message> direction) {
    int arriving = random.nextInt(direction.size() + 1);
    for (int i = 0; i < arriving; i++) {
      direction.removeFirst().action().run();
    }
    direction.clear();
  }

  private record Message(Instant at, Runnable action) {}
}
