package io.p2pmining.master.simulation;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker that takes the time that hashing would take. What it says of its speed is measured with
 * noise, and everything that it says or hears is on its way for a while.
 */
final class FleetWorker implements PeerLink {

  private static final String ALGORITHM = "sha256d";
  private static final int DEPTH = 8;
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);
  private static final double NOISE = 0.1;
  private static final int LEAST_DELAY_MS = 5;
  private static final int DELAY_SPREAD_MS = 200;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Fleet fleet;
  private final PeerId peer;
  private final double speed;
  private final Deque<Assignment> inHand = new ArrayDeque<>();
  private Instant lastToMaster = Instant.MIN;
  private Instant lastToWorker = Instant.MIN;
  private @Nullable Instant searchingSince;
  private long results;
  private boolean vanished;

  FleetWorker(Fleet fleet, int number, double speed) {
    this.fleet = fleet;
    this.peer = new PeerId("%032x".formatted(number + 1));
    this.speed = speed;
  }

  double speed() {
    return vanished ? 0 : speed;
  }

  void connect() {
    var ability = new WorkerProfile.Ability(ALGORITHM, HashingMode.LIGHT, "java", measured());
    var profile = new WorkerProfile(peer, 2, true, 2, List.of(ability));
    toMaster(() -> fleet.dispatcher().peerReady(profile, this));
    toMaster(() -> fleet.dispatcher().depthRequested(peer, DEPTH, List.of()));
    repeatProgress();
  }

  /** Nothing is heard of it any more; after a while the master notices. */
  void vanish() {
    vanished = true;
    fleet.in(Fleet.IDLE_TIMEOUT, () -> fleet.dispatcher().peerGone(peer, this, true));
  }

  @Override
  public void assign(List<Assignment> assignments) {
    toWorker(
        () -> {
          inHand.addAll(assignments);
          search();
        });
  }

  @Override
  public void noWork(NoWorkReason reason, String detail) {}

  @Override
  public void cancel(List<UnitRef> units, CancelReason reason) {
    toWorker(
        () -> {
          Assignment first = inHand.peekFirst();
          if (first != null && units.contains(first.ref())) {
            searchingSince = null;
          }
          inHand.removeIf(unit -> units.contains(unit.ref()));
          search();
        });
  }

  @Override
  public void acknowledge(long resultId, Verdict verdict) {}

  @Override
  public void disconnectBusy(String detail) {
    throw new IllegalStateException("the master is busy: " + detail);
  }

  private void search() {
    Assignment unit = inHand.peekFirst();
    if (unit == null || searchingSince != null) {
      return;
    }
    searchingSince = fleet.now();
    double seconds = unit.range().count() / speed;
    fleet.in(Duration.ofNanos((long) (seconds * NANOS_PER_SECOND)), () -> done(unit));
  }

  private void done(Assignment unit) {
    if (vanished || inHand.peekFirst() != unit) {
      return;
    }
    inHand.removeFirst();
    searchingSince = null;
    WorkResult result =
        new WorkResult.RangeCompleted(
            ++results, unit.ref(), unit.range().count(), Duration.ofSeconds(1));
    toMaster(() -> fleet.dispatcher().result(peer, result));
    search();
  }

  private void repeatProgress() {
    fleet.in(
        PROGRESS_EVERY,
        () -> {
          if (!vanished) {
            tellProgress();
            repeatProgress();
          }
        });
  }

  private void tellProgress() {
    Instant since = searchingSince;
    Assignment unit = inHand.peekFirst();
    if (since == null || unit == null) {
      return;
    }
    double seconds = Duration.between(since, fleet.now()).toNanos() / NANOS_PER_SECOND;
    long searched = Math.min(unit.range().count(), (long) (seconds * speed));
    double rate = measured();
    toMaster(() -> fleet.dispatcher().progress(peer, unit.ref(), searched, rate));
  }

  private double measured() {
    return speed * Math.max(0.5, 1 + NOISE * fleet.random().nextGaussian());
  }

  private void toMaster(Runnable message) {
    lastToMaster = arrival(lastToMaster);
    fleet.at(lastToMaster, message);
  }

  private void toWorker(Runnable message) {
    lastToWorker = arrival(lastToWorker);
    fleet.at(
        lastToWorker,
        () -> {
          if (!vanished) {
            message.run();
          }
        });
  }

  /** As over TCP: what was sent first arrives first. */
  private Instant arrival(Instant last) {
    int delay = LEAST_DELAY_MS + fleet.random().nextInt(DELAY_SPREAD_MS);
    Instant at = fleet.now().plusMillis(delay);
    return at.isBefore(last) ? last : at;
  }
}
