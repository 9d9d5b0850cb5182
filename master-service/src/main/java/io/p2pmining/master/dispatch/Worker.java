package io.p2pmining.master.dispatch;

import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the dispatcher knows of a worker, connected or not. Owned by the dispatcher's thread. */
final class Worker {

  /**
   * Rejections that are remembered, in case the worker sends the result again. What was accepted is
   * recognised by its nonce or lease.
   */
  private static final int REMEMBERED_REJECTIONS = 64;

  /** How much the latest report counts in the average rate. */
  private static final double WEIGHT = 0.3;

  /** Faster than anything can be: a report above it is capped, so that sums stay in range. */
  private static final double MAX_RATE = 1e15;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** The pause doubles up to this many times: half a minute. */
  private static final int MAX_DOUBLINGS = 5;

  private WorkerProfile profile;
  private @Nullable PeerLink link;
  private int depth;
  private boolean requested;
  private boolean refused;
  private final Map<String, Double> rates = new HashMap<>(2);
  private String lastAlgorithm = "";
  private FairShare.@Nullable Key key;
  private int stumbles;
  private @Nullable Instant pausedUntil;
  private @Nullable Instant goneAt;
  private @Nullable NoWorkReason toldNoWork;
  private String toldDetail = "";
  private final OpenResults openResults = new OpenResults();

  /** Units that it has to hear of that they are not its own any more, and why; mostly empty. */
  private List<UnitRef> cancelled = List.of();

  private CancelReason cancelledFor = CancelReason.OBSOLETE;

  /** Since when the first of them waits. */
  private Instant cancelledAt = Instant.EPOCH;

  private Map<Long, Rejection> rejections = Map.of();

  Worker(WorkerProfile profile, PeerLink link) {
    this.profile = profile;
    this.link = link;
  }

  PeerId peer() {
    return profile.peer();
  }

  WorkerProfile profile() {
    return profile;
  }

  @Nullable PeerLink link() {
    return link;
  }

  /** Connected, for the first time or again; or the same connection has told new capabilities. */
  @SuppressWarnings("ReferenceEquality")
  void connected(WorkerProfile newProfile, PeerLink newLink) {
    profile = newProfile;
    if (link != newLink) {
      depth = 0;
      requested = false;
      refused = false;
      toldNoWork = null;
      cancelled = List.of();
    }
    link = newLink;
    goneAt = null;
  }

  /** Whether this is the worker's connection, and not one that it has replaced. */
  @SuppressWarnings("ReferenceEquality")
  boolean isLinkedBy(PeerLink candidate) {
    return link == candidate;
  }

  void disconnected(Instant now) {
    link = null;
    depth = 0;
    cancelled = List.of();
    goneAt = now;
    openResults.forgetTimes();
  }

  /** When the link was lost; null while there is one. */
  @Nullable Instant goneAt() {
    return goneAt;
  }

  int depth() {
    return depth;
  }

  /** Notes the wanted depth and answers whether this is the connection's first request. */
  boolean requests(int wanted) {
    depth = wanted;
    boolean first = !requested;
    requested = true;
    return first;
  }

  /** Notes a report on an algorithm that the worker runs. */
  void measured(String algorithm, double hashesPerSecond) {
    lastAlgorithm = algorithm;
    if (hashesPerSecond > 0 && profile.abilityFor(algorithm).isPresent()) {
      rates.merge(
          algorithm,
          Math.min(hashesPerSecond, MAX_RATE),
          (average, latest) -> average + WEIGHT * (latest - average));
    }
  }

  /** Notes a report that does not say for which algorithm it is: the one reported on last. */
  void measured(double hashesPerSecond) {
    measured(lastAlgorithm, hashesPerSecond);
  }

  /** The measured rate, or the prior if there is none. */
  double rateFor(WorkerProfile.Ability ability) {
    Double measured = rates.get(ability.algorithm());
    return measured != null ? measured : Math.min(UnitSizer.priorRate(profile, ability), MAX_RATE);
  }

  /** Whether anybody has measured how fast the worker runs an algorithm. */
  boolean isMeasured(String algorithm) {
    return rates.containsKey(algorithm)
        || profile.abilityFor(algorithm).filter(a -> a.measuredHashesPerSecond() > 0).isPresent();
  }

  /** What its last unit was searched with; null if it had none. */
  FairShare.@Nullable Key key() {
    return key;
  }

  void preparesFor(FairShare.Key next) {
    key = next;
  }

  /** A unit was given up or its lease ran out: the next one waits, each time longer. */
  void stumbled(Instant now) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << stumbles);
    stumbles = Math.min(stumbles + 1, MAX_DOUBLINGS);
    pausedUntil = now.plus(pause);
  }

  void completedUnit() {
    stumbles = 0;
    pausedUntil = null;
  }

  boolean isPaused() {
    return pausedUntil != null;
  }

  /** Ends a pause that is over, and answers whether there was one. */
  boolean endsPause(Instant now) {
    Instant end = pausedUntil;
    boolean over = end != null && !end.isAfter(now);
    if (over) {
      pausedUntil = null;
    }
    return over;
  }

  /** Whether the worker has to be told this; remembers that it was. */
  boolean tellNoWork(NoWorkReason reason, String detail) {
    boolean news = toldNoWork != reason || !toldDetail.equals(detail);
    toldNoWork = reason;
    toldDetail = detail;
    return news;
  }

  void hasWork() {
    toldNoWork = null;
  }

  /** Why a result was rejected; null if it was not, or too long ago. */
  @Nullable Rejection rejection(long resultId) {
    return rejections.get(resultId);
  }

  void rejected(long resultId, Rejection reason) {
    if (rejections.isEmpty()) {
      rejections = new Bounded<>(REMEMBERED_REJECTIONS);
    }
    rejections.put(resultId, reason);
  }

  /** Its results that are not done with. */
  OpenResults openResults() {
    return openResults;
  }

  /**
   * Ends the connection without a verdict on a result: the worker keeps it, and everything after
   * it, and sends them again when it is back.
   */
  void refuse(String detail) {
    refused = true;
    PeerLink current = link;
    if (current != null) {
      current.disconnectBusy(detail);
    }
  }

  /** Whether a result of this connection was refused: what follows it comes once more. */
  boolean isRefused() {
    return refused;
  }

  /**
   * A unit is not its own any more: it is told so together with what it is given instead, or by
   * {@link #tellCancelled}.
   */
  void cancelWithNext(UnitRef unit, CancelReason reason, Instant now) {
    if (link == null) {
      return;
    }
    if (cancelledFor != reason) {
      tellCancelled();
      cancelledFor = reason;
    }
    if (cancelled.isEmpty()) {
      cancelled = new ArrayList<>(2);
      cancelledAt = now;
    }
    cancelled.add(unit);
  }

  /** Nothing takes the place of the units that it has to hear of, or not soon enough. */
  void tellCancelled() {
    if (!cancelled.isEmpty()) {
      cancel(takeCancelled(), cancelledFor);
    }
  }

  /** The same if it has waited since then; answers whether it had. */
  boolean tellCancelledSince(Instant then) {
    boolean overdue = !cancelled.isEmpty() && !cancelledAt.isAfter(then);
    if (overdue) {
      tellCancelled();
    }
    return overdue;
  }

  private List<UnitRef> takeCancelled() {
    List<UnitRef> taken = cancelled;
    cancelled = List.of();
    return taken;
  }

  /** Hands over units, in the place of those that it has to hear of. */
  void assign(List<Assignment> assignments) {
    PeerLink current = link;
    if (current == null) {
      return;
    }
    if (cancelled.isEmpty()) {
      current.assign(assignments);
    } else {
      current.replace(takeCancelled(), cancelledFor, assignments);
    }
  }

  /** Tells the worker, if it is there, that units are not its own any more. */
  void cancel(List<UnitRef> units, CancelReason reason) {
    PeerLink current = link;
    if (current != null) {
      current.cancel(units, reason);
    }
  }

  void acknowledge(long resultId, Verdict verdict) {
    PeerLink current = link;
    if (current != null) {
      current.acknowledge(resultId, verdict);
    }
  }
}
