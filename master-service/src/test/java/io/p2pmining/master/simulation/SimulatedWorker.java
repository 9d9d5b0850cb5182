package io.p2pmining.master.simulation;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerEvents;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkResult;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An honest worker: searches what it was given, reports, keeps results until acknowledged. */
final class SimulatedWorker {

  private static final int PROGRESS_EVERY_SECONDS = 5;

  private final WorkerProfile profile;
  private final int hashesPerSecond;
  private final int depth;
  private final Supplier<? extends PeerEvents> master;
  private final Observer observer;
  private final Hasher hasher;
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final Map<Long, WorkResult> unacknowledged = new LinkedHashMap<>();
  private final byte[] hash = new byte[Hasher.HASH_LENGTH];
  private long lastResultId;
  private long seconds;
  private @Nullable Connection connection;
  private @Nullable Connection introducedBy;
  private @Nullable NoWorkReason idleBecause;

  SimulatedWorker(
      PeerId peer,
      int hashesPerSecond,
      double claimedRate,
      int depth,
      Supplier<? extends PeerEvents> master,
      Observer observer,
      Hasher hasher) {
    var ability =
        new WorkerProfile.Ability(
            SimulatedSource.ALGORITHM, HashingMode.LIGHT, "java", claimedRate);
    this.profile = new WorkerProfile(peer, 2, true, 2, List.of(ability));
    this.hashesPerSecond = hashesPerSecond;
    this.depth = depth;
    this.master = master;
    this.observer = observer;
    this.hasher = hasher;
  }

  String name() {
    return "worker " + peer().hex().substring(30);
  }

  PeerId peer() {
    return profile.peer();
  }

  @Nullable Connection connection() {
    return connection;
  }

  /** Whether this is the connection that the master takes for the worker's last. */
  boolean isKnownBy(Connection candidate) {
    return introducedBy == candidate;
  }

  List<UnitRef> held() {
    return tasks.stream().map(task -> task.assignment.ref()).toList();
  }

  Map<Long, WorkResult> unacknowledged() {
    return unacknowledged;
  }

  @Nullable NoWorkReason idleBecause() {
    return idleBecause;
  }

  /** Introduces itself, says what it holds and sends again what nobody has acknowledged. */
  void connects(Connection fresh) {
    connection = fresh;
    fresh.toMaster(
        () -> {
          introducedBy = fresh;
          master.get().peerReady(profile, fresh);
        });
    unacknowledged.values().forEach(this::send);
    List<UnitRef> held = held();
    fresh.toMaster(
        () -> {
          observer.requested(this, held);
          master.get().depthRequested(peer(), depth, held);
        });
  }

  /** Sends everything again that was not acknowledged yet. */
  void repeats() {
    unacknowledged.values().forEach(this::send);
  }

  void loses() {
    connection = null;
  }

  /** Everything in its memory is gone. Results get ids that no earlier process has used. */
  void crashes() {
    connection = null;
    tasks.clear();
    unacknowledged.clear();
    lastResultId += 1_000_000;
  }

  /** Gives up what it is searching. */
  void failsUnit() {
    Task task = tasks.pollFirst();
    if (task != null) {
      report(
          new WorkResult.RangeFailed(
              ++lastResultId, task.assignment.ref(), task.searched, "simulated"));
    }
  }

  /** Hashes for one second. */
  void works() {
    seconds++;
    for (int budget = hashesPerSecond; budget > 0 && !tasks.isEmpty(); budget--) {
      searchNext(tasks.getFirst());
    }
    Task task = tasks.peekFirst();
    Connection link = connection;
    if (task != null && link != null && seconds % PROGRESS_EVERY_SECONDS == 0) {
      UnitRef ref = task.assignment.ref();
      long searched = task.searched;
      link.toMaster(
          () -> {
            observer.progressed(this, ref);
            master.get().progress(peer(), ref, searched, hashesPerSecond);
          });
    }
  }

  void takes(Assignment assignment) {
    idleBecause = null;
    tasks.addLast(new Task(assignment));
  }

  void hearsNoWork(NoWorkReason reason) {
    idleBecause = reason;
  }

  void drops(List<UnitRef> units) {
    tasks.removeIf(task -> units.contains(task.assignment.ref()));
  }

  void forgets(long resultId) {
    unacknowledged.remove(resultId);
  }

  private void searchNext(Task task) {
    NonceRange range = task.assignment.range();
    long nonce = range.start() + task.searched;
    byte[] input = task.assignment.job().blobWith(nonce);
    hasher.hash(input, input.length, hash);
    observer.searched(this, task.assignment, nonce);
    task.searched++;
    if (task.assignment.shareTarget().isMetBy(hash)) {
      report(
          new WorkResult.ShareFound(
              ++lastResultId,
              task.assignment.ref(),
              task.assignment.job().id(),
              nonce,
              Bytes.copyOf(hash)));
    }
    if (task.searched == range.count()) {
      tasks.removeFirst();
      report(
          new WorkResult.RangeCompleted(
              ++lastResultId, task.assignment.ref(), task.searched, Duration.ofSeconds(1)));
    }
  }

  private void report(WorkResult result) {
    unacknowledged.put(result.resultId(), result);
    send(result);
  }

  private void send(WorkResult result) {
    Connection link = connection;
    if (link != null) {
      link.toMaster(
          () -> {
            observer.delivered(this, result);
            master.get().result(peer(), result);
          });
    }
  }

  private static final class Task {

    private final Assignment assignment;
    private long searched;

    Task(Assignment assignment) {
      this.assignment = assignment;
    }
  }
}
