package io.p2pmining.master.dispatch;

import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkResult;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import io.p2pmining.master.work.WorkResult.RangeFailed;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What becomes of the units that workers have in hand: they advance, are completed, given up or
 * lost. Owned by the dispatcher's thread.
 */
final class HeldUnits {

  private final Supplier<WorkSettings> settings;
  private final WorkQueue queue;
  private final JobBoard board;
  private final Leases leases;
  private final Assigner assigner;
  private final Verdicts verdicts;
  private final WorkEvents events;
  private final Oversight oversight;
  private final Redos redos;
  private final RedoDesk redoDesk;
  private final Clock clock;

  HeldUnits(
      Supplier<WorkSettings> settings,
      WorkQueue queue,
      JobBoard board,
      Leases leases,
      Assigner assigner,
      Verdicts verdicts,
      WorkEvents events,
      Oversight oversight,
      Redos redos,
      RedoDesk redoDesk,
      Clock clock) {
    this.settings = settings;
    this.queue = queue;
    this.board = board;
    this.leases = leases;
    this.assigner = assigner;
    this.verdicts = verdicts;
    this.events = events;
    this.oversight = oversight;
    this.redos = redos;
    this.redoDesk = redoDesk;
    this.clock = clock;
  }

  /** Takes back what was leased to a worker that does not know of it any more, and vice versa. */
  void reconcile(Worker worker, Set<UnitRef> held) {
    Set<UnitRef> unknown = new HashSet<>(held);
    for (WorkUnit unit : queue.heldBy(worker.peer())) {
      if (!unknown.remove(unit.ref())) {
        release(unit.ref(), LeaseEnding.FORGOTTEN, 0);
      }
    }
    Redo.Second redone = redos.of(worker.peer());
    if (redone != null && !unknown.remove(redone.ref())) {
      redos.drop(worker.peer());
    }
    if (!unknown.isEmpty()) {
      worker.cancel(List.copyOf(unknown), CancelReason.LEASE_LOST);
    }
  }

  /** Notes progress, and the rate at which it was made. */
  void progress(Worker worker, UnitRef ref, long searched, double hashesPerSecond) {
    Optional<Job> redone = redos.jobOf(worker.peer(), ref);
    if (redone.isPresent()) {
      worker.measured(redone.get().algorithm(), hashesPerSecond);
      keepAlive(worker, ref);
      return;
    }
    Optional<WorkUnit> unit = held(worker, ref);
    if (unit.isEmpty()) {
      worker.cancel(List.of(ref), CancelReason.LEASE_LOST);
      return;
    }
    jobOf(unit.get()).ifPresent(job -> worker.measured(job.algorithm(), hashesPerSecond));
    advance(worker, unit.get(), searched);
    keepAlive(worker, ref);
  }

  void complete(Worker worker, RangeCompleted completed) {
    if (redos.holds(worker.peer(), completed.ref())) {
      completeRedo(worker, completed);
      return;
    }
    Optional<WorkUnit> held = held(worker, completed.ref());
    if (held.isEmpty()) {
      settleLate(worker, completed);
      return;
    }
    if (worker.isRefused()) {
      // A share of the range may have been: it comes again, too late to be held against anybody.
      oversight.unwatch(completed.ref());
    }
    WorkUnit unit = held.get();
    if (completed.searched() != unit.range().count() - unit.leaseStart()) {
      release(unit.ref(), LeaseEnding.MISREPORTED, completed.resultId());
      worker.stumbled(clock.instant());
      verdicts.reject(worker, completed.resultId(), Rejection.MALFORMED);
    } else {
      queue
          .complete(unit.ref(), completed.resultId(), clock.instant())
          .ifPresent(events::unitChanged);
      jobOf(unit)
          .ifPresent(
              job -> redos.completed(unit, job, oversight.foundUnder(unit.ref()), clock.instant()));
      settleCompleted(worker, completed);
    }
  }

  private void completeRedo(Worker worker, RangeCompleted completed) {
    Redo.Second redone = Objects.requireNonNull(redos.of(worker.peer()));
    if (completed.searched() != redone.part().count()) {
      redos.drop(worker.peer());
      worker.stumbled(clock.instant());
      verdicts.reject(worker, completed.resultId(), Rejection.MALFORMED);
    } else {
      if (worker.isRefused()) {
        redos.drop(worker.peer());
      } else {
        redos.finish(worker.peer(), completed.ref()).ifPresent(redoDesk::compare);
      }
      settleCompleted(worker, completed);
    }
  }

  private void settleCompleted(Worker worker, RangeCompleted completed) {
    leases.settled(completed.ref(), completed.resultId());
    oversight
        .completed(worker.peer(), completed.ref())
        .ifPresent(flag -> events.peerFlagged(worker.peer(), flag));
    worker.completedUnit();
    keepAlive(worker, completed.ref());
    verdicts.accept(worker, completed.resultId());
  }

  void fail(Worker worker, RangeFailed failed) {
    if (redos.holds(worker.peer(), failed.ref())) {
      redos.drop(worker.peer());
      settleFailed(worker, failed);
      return;
    }
    Optional<WorkUnit> unit = held(worker, failed.ref());
    if (unit.isEmpty()) {
      settleLate(worker, failed);
      return;
    }
    advance(worker, unit.get(), failed.searched());
    release(failed.ref(), LeaseEnding.GIVEN_UP, failed.resultId());
    settleFailed(worker, failed);
  }

  private void settleFailed(Worker worker, RangeFailed failed) {
    leases.settled(failed.ref(), failed.resultId());
    worker.stumbled(clock.instant());
    verdicts.accept(worker, failed.resultId());
  }

  /** The lease has ended: by this very result, sent once more, or without it. */
  private void settleLate(Worker worker, WorkResult result) {
    if (leases.isSettledBy(result.ref(), worker.peer(), result.resultId())) {
      verdicts.accept(worker, result.resultId());
    } else {
      verdicts.reject(worker, result.resultId(), Rejection.STALE);
    }
  }

  /** Takes back everything that a worker has in hand, and answers whether there was anything. */
  boolean takeBack(PeerId peer) {
    redos.drop(peer);
    List<WorkUnit> held = queue.heldBy(peer);
    held.forEach(unit -> release(unit.ref(), LeaseEnding.DISCONNECTED, 0));
    return !held.isEmpty();
  }

  /** Takes everything back from a worker that may be at it, and tells it so. */
  boolean withdraw(Worker worker) {
    List<UnitRef> held = queue.heldBy(worker.peer()).stream().map(WorkUnit::ref).toList();
    held.forEach(ref -> release(ref, LeaseEnding.WITHDRAWN, 0));
    List<UnitRef> all = new ArrayList<>(held);
    UnitRef redone = redos.drop(worker.peer());
    if (redone != null) {
      all.add(redone);
    }
    if (!all.isEmpty()) {
      worker.cancel(all, CancelReason.LEASE_LOST);
    }
    return !held.isEmpty();
  }

  /**
   * Ends a lease: what is left waits for another worker, or is cancelled with an outdated job.
   *
   * @param resultId the result that caused it; 0 if none did
   */
  void release(UnitRef ref, LeaseEnding ending, long resultId) {
    queue
        .release(ref, ending, resultId, settings.get().maxAttempts(), clock.instant())
        .ifPresent(
            unit -> {
              events.unitChanged(unit);
              if (!board.isCurrent(unit.jobId())) {
                queue.cancelPending(unit.jobId(), clock.instant());
              }
            });
  }

  private void advance(Worker worker, WorkUnit unit, long searchedUnderLease) {
    long leased = unit.range().count() - unit.leaseStart();
    long searched = unit.leaseStart() + Math.clamp(searchedUnderLease, 0, leased);
    Instant end = leaseEnd(worker, unit, unit.range().count() - searched);
    queue.progress(unit.ref(), searched, end, clock.instant()).ifPresent(events::unitChanged);
  }

  /** While a worker gets on with one unit, the others that it has in hand only wait their turn. */
  private void keepAlive(Worker worker, UnitRef active) {
    for (WorkUnit unit : queue.heldBy(worker.peer())) {
      if (!unit.ref().equals(active)) {
        queue.extend(unit.ref(), leaseEnd(worker, unit, unit.range().count() - unit.searched()));
      }
    }
    Redo.Second redone = redos.of(worker.peer());
    if (redone != null) {
      redos
          .jobOf(worker.peer(), redone.ref())
          .map(job -> assigner.leaseTime(worker, job, redone.part().count()))
          .ifPresent(time -> redos.extend(worker.peer(), redone.ref(), clock.instant().plus(time)));
    }
  }

  private Instant leaseEnd(Worker worker, WorkUnit unit, long left) {
    Instant now = clock.instant();
    return jobOf(unit).map(job -> now.plus(assigner.leaseTime(worker, job, left))).orElse(now);
  }

  private Optional<Job> jobOf(WorkUnit unit) {
    return board.job(unit.jobId());
  }

  private Optional<WorkUnit> held(Worker worker, UnitRef ref) {
    return queue
        .find(ref.unitId())
        .filter(unit -> unit.state().isLeased() && unit.lease() == ref.lease())
        .filter(unit -> worker.peer().equals(unit.peer()));
  }
}
