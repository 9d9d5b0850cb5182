package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of finite jobs that are searched once more, by another peer than before. They are none
 * of the job's units: nothing waits for them, and a master that restarts has forgotten them. Owned
 * by the dispatcher's thread.
 */
final class Redos {

  /** Redos that wait or are under way; past it no more are begun. */
  private static final int MAX_REDOS = 200;

  /** Who has not begun to search again after so long never does. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** So long after that a second search is over, however often its lease was extended. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Oversight oversight;
  private final Collection<Worker> workers;

  /** All, by the first peer's lease: those that wait for a second one, and those under way. */
  private final Map<UnitRef, Redo> redos = new LinkedHashMap<>();

  /** Those under way, by the second peer. */
  private final Map<PeerId, Redo> searched = new HashMap<>();

  private boolean news;

  /**
   * @param workers those that are known, a live view
   */
  Redos(Oversight oversight, Collection<Worker> workers) {
    this.oversight = oversight;
    this.workers = workers;
  }

  /**
   * A unit was completed; now and then its last lease is searched again.
   *
   * @param unit as it was under the lease
   * @param found the shares that were reported under it; null if they are not all known
   */
  void completed(WorkUnit unit, Job job, @Nullable Map<Long, Bytes> found, Instant now) {
    PeerId first = unit.peer();
    if (job.finite() == null
        || first == null
        || found == null
        || redos.size() >= MAX_REDOS
        || !oversight.redoes()) {
      return;
    }
    Redo redo =
        new Redo(
            unit.ref(),
            first,
            job,
            unit.leasedRange(),
            Objects.requireNonNull(unit.shareTarget()),
            found,
            now.plus(PATIENCE));
    if (workers.stream().anyMatch(worker -> canSearch(worker, redo))) {
      redos.put(redo.firstRef(), redo);
      news = true;
    }
  }

  /** Nobody builds a dataset only for this. */
  private boolean canSearch(Worker worker, Redo redo) {
    FairShare.Key key = FairShare.keyOf(redo.job());
    return worker.link() != null
        && !worker.peer().equals(redo.first())
        && worker.profile().abilityFor(redo.job().algorithm()).isPresent()
        && (worker.key() == null || key.equals(worker.key()))
        && oversight.standingOf(worker.peer()).allowsWork();
  }

  /** Whether there are redos that nobody was asked to search yet. */
  boolean takeNews() {
    boolean any = news && areWaiting();
    news = false;
    return any;
  }

  private boolean areWaiting() {
    return redos.size() > searched.size();
  }

  /** The redo that waits longest of those that a worker can search; one at a time. */
  Optional<Redo> next(Worker worker) {
    if (!areWaiting() || searched.containsKey(worker.peer())) {
      return Optional.empty();
    }
    return redos.values().stream()
        .filter(redo -> redo.second() == null && canSearch(worker, redo))
        .findFirst();
  }

  /** A worker searches the first nonces of a range again. */
  void lease(Redo redo, Worker worker, UnitRef ref, NonceRange part, Instant expiresAt) {
    redo.leasedTo(new Redo.Second(worker.peer(), ref, part, expiresAt));
    searched.put(worker.peer(), redo);
  }

  /** What a peer searches again; null if nothing. */
  Redo.@Nullable Second of(PeerId peer) {
    Redo redo = searched.get(peer);
    return redo == null ? null : redo.second();
  }

  /** Whether a peer searches again under this lease. */
  boolean holds(PeerId peer, UnitRef ref) {
    Redo.Second second = of(peer);
    return second != null && second.ref().equals(ref);
  }

  /** The job of what a peer searches again under this lease. */
  Optional<Job> jobOf(PeerId peer, UnitRef ref) {
    return holds(peer, ref)
        ? Optional.ofNullable(searched.get(peer)).map(Redo::job)
        : Optional.empty();
  }

  /** Lets a lease live until then at least; false if there is no such lease. */
  boolean extend(PeerId peer, UnitRef ref, Instant expiresAt) {
    Redo redo = searched.get(peer);
    if (redo == null || !holds(peer, ref)) {
      return false;
    }
    redo.extendTo(expiresAt);
    return true;
  }

  /**
   * A share that is in its range and meets its target was reported under some lease.
   *
   * @return true if it belongs to a second search and was not reported as another result before
   */
  boolean reported(PeerId peer, UnitRef ref, long nonce, Bytes hash, long resultId) {
    Redo redo = searched.get(peer);
    if (redo != null && holds(peer, ref)) {
      if (redo.countBySecond() >= Redo.MAX_SHARES) {
        remove(peer);
        return false;
      }
      return redo.reportedBySecond(nonce, hash, resultId);
    }
    Redo first = redos.get(ref);
    if (first != null) {
      first.reportedByFirst(nonce, hash);
    }
    return false;
  }

  /** A peer has searched everything again that it was given; what is left is to compare. */
  Optional<Redo> finish(PeerId peer, UnitRef ref) {
    return holds(peer, ref) ? Optional.ofNullable(remove(peer)) : Optional.empty();
  }

  private @Nullable Redo remove(PeerId peer) {
    Redo removed = searched.remove(peer);
    if (removed != null) {
      redos.remove(removed.firstRef());
    }
    return removed;
  }

  /** Drops what a peer searches again, and answers under which lease; null if nothing. */
  @Nullable UnitRef drop(PeerId peer) {
    Redo.Second second = of(peer);
    remove(peer);
    return second == null ? null : second.ref();
  }

  /** Drops everything of a job, and answers who was at it. */
  List<Redo.Second> dropAllOf(Job job) {
    Predicate<Redo> ofJob = redo -> redo.job().id().equals(job.id());
    return dropIf(ofJob, ofJob);
  }

  /** Drops what nobody has begun in time, or not ended, and answers who was at it. */
  List<Redo.Second> dropOverdue(Instant now, Predicate<UnitRef> untold) {
    return dropIf(
        redo -> !redo.beginBy().isAfter(now),
        redo -> {
          Redo.Second second = Objects.requireNonNull(redo.second());
          boolean expired = !second.expiresAt().isAfter(now) && !untold.test(second.ref());
          return expired || !redo.beginBy().plus(LONGEST).isAfter(now);
        });
  }

  private List<Redo.Second> dropIf(Predicate<Redo> ofWaiting, Predicate<Redo> ofSearched) {
    redos.values().removeIf(redo -> redo.second() == null && ofWaiting.test(redo));
    List<Redo.Second> dropped =
        searched.values().stream()
            .filter(ofSearched)
            .map(redo -> Objects.requireNonNull(redo.second()))
            .toList();
    dropped.forEach(second -> remove(second.peer()));
    return dropped;
  }
}
