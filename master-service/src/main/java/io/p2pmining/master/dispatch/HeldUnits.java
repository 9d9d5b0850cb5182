package io.p2pmining.master.dispatch;

import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobView;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of the units that workers have in hand: they advance, are completed, given up or
 * lost. Owned by the dispatcher's thread.
 */
final class HeldUnits {

  private final WorkSettings settings;
  private final WorkQueue queue;
  private final JobBoard board;
  private final Leases leases;
  private final Assigner assigner;
  private final Verdicts verdicts;
  private final WorkEvents events;
  private final Oversight oversight;
  private final Clock clock;

  HeldUnits(
      WorkSettings settings,
      WorkQueue queue,
      JobBoard board,
      Leases leases,
      Assigner assigner,
      Verdicts verdicts,
      WorkEvents events,
      Oversight oversight,
      Clock clock) {
    this.settings = settings;
    this.queue = queue;
    this.board = board;
    this.leases = leases;
    this.assigner = assigner;
    this.verdicts = verdicts;
    this.events = events;
    this.oversight = oversight;
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
    if (!unknown.isEmpty()) {
      worker.cancel(List.copyOf(unknown), CancelReason.LEASE_LOST);
    }
  }

  /** Notes progress, and the rate at which it was made. */
  void progress(Worker worker, UnitRef ref, long searched, double hashesPerSecond) {
    Optional<WorkUnit> unit = held(worker, ref);
    if (unit.isEmpty()) {
      worker.cancel(List.of(ref), CancelReason.LEASE_LOST);
      return;
    }
    jobOf(unit.get()).ifPresent(job -> worker.measured(job.algorithm(), hashesPerSecond));
    advance(worker, unit.get(), searched);
    keepAlive(worker, unit.get());
  }

  void complete(Worker worker, RangeCompleted completed) {
    Optional<WorkUnit> held = held(worker, completed.ref());
    if (held.isEmpty()) {
      settleLate(worker, completed);
      return;
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
      leases.settled(unit.ref(), completed.resultId());
      oversight
          .completed(worker.peer(), unit.ref())
          .ifPresent(flag -> events.peerFlagged(worker.peer(), flag));
      worker.completedUnit();
      keepAlive(worker, unit);
      verdicts.accept(worker, completed.resultId());
    }
  }

  void fail(Worker worker, RangeFailed failed) {
    Optional<WorkUnit> unit = held(worker, failed.ref());
    if (unit.isEmpty()) {
      settleLate(worker, failed);
      return;
    }
    advance(worker, unit.get(), failed.searched());
    release(failed.ref(), LeaseEnding.GIVEN_UP, failed.resultId());
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
    List<WorkUnit> held = queue.heldBy(peer);
    held.forEach(unit -> release(unit.ref(), LeaseEnding.DISCONNECTED, 0));
    return !held.isEmpty();
  }

  /** Takes everything back from a worker that may be at it, and tells it so. */
  boolean withdraw(Worker worker) {
    List<UnitRef> held = queue.heldBy(worker.peer()).stream().map(WorkUnit::ref).toList();
    held.forEach(ref -> release(ref, LeaseEnding.WITHDRAWN, 0));
    if (!held.isEmpty()) {
      worker.cancel(held, CancelReason.LEASE_LOST);
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
        .release(ref, ending, resultId, settings.maxAttempts(), clock.instant())
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
  private void keepAlive(Worker worker, WorkUnit active) {
    for (WorkUnit unit : queue.heldBy(worker.peer())) {
      if (unit.id() != active.id()) {
        queue.extend(unit.ref(), leaseEnd(worker, unit, unit.range().count() - unit.searched()));
      }
    }
  }

  private Instant leaseEnd(Worker worker, WorkUnit unit, long left) {
    Instant now = clock.instant();
    return jobOf(unit).map(job -> now.plus(assigner.leaseTime(worker, job, left))).orElse(now);
  }

  private Optional<Job> jobOf(WorkUnit unit) {
    return board.find(unit.jobId()).map(JobView::job);
  }

  private Optional<WorkUnit> held(Worker worker, UnitRef ref) {
    return queue
        .find(ref.unitId())
        .filter(unit -> unit.state().isLeased() && unit.lease() == ref.lease())
        .filter(unit -> worker.peer().equals(unit.peer()));
  }
}
