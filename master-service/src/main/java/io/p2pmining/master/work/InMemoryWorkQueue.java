package io.p2pmining.master.work;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Keeps the units that have not ended in memory, and tells a log of every change. Guarded by its
 * own lock. Memory: some hundred bytes for each live unit.
 */
public final class InMemoryWorkQueue implements WorkQueue {

  private final LongSupplier unitNumbers;
  private final LongSupplier leaseNumbers;
  private final UnitLog log;
  private final Map<Long, WorkUnit> units = new LinkedHashMap<>();
  private final Map<PeerId, Map<Long, WorkUnit>> leasedByPeer = new HashMap<>();
  private final Map<String, Pending> pendingByJob = new HashMap<>();
  private final Map<UnitState, Long> counts = new EnumMap<>(UnitState.class);

  /** No lease ends before. */
  private Instant firstEnd = Instant.MAX;

  /**
   * An empty queue.
   *
   * @param unitNumbers gives ids that no other unit in the cluster has
   * @param leaseNumbers gives tokens, each higher than the ones before, that are never given twice
   */
  public InMemoryWorkQueue(LongSupplier unitNumbers, LongSupplier leaseNumbers, UnitLog log) {
    this.unitNumbers = unitNumbers;
    this.leaseNumbers = leaseNumbers;
    this.log = log;
    for (UnitState state : UnitState.values()) {
      counts.put(state, 0L);
    }
  }

  /**
   * Takes up what an earlier process left.
   *
   * @param live units that have not ended, oldest first; the log is not told of them
   * @param ended how many units have ended in which state
   */
  public synchronized void restore(List<WorkUnit> live, Map<UnitState, Long> ended) {
    ended.forEach((state, count) -> counts.merge(state, count, Long::sum));
    for (WorkUnit unit : live) {
      units.put(unit.id(), unit);
      counts.merge(unit.state(), 1L, Long::sum);
      indexPending(unit);
      indexLease(unit);
    }
  }

  @Override
  public synchronized WorkUnit add(String jobId, NonceRange range, Instant now) {
    return add(jobId, range, 0, now);
  }

  private WorkUnit add(String jobId, NonceRange range, int attempts, Instant now) {
    WorkUnit unit = WorkUnit.pending(unitNumbers.getAsLong(), jobId, range, attempts, now);
    units.put(unit.id(), unit);
    indexPending(unit);
    counts.merge(UnitState.PENDING, 1L, Long::sum);
    log.unitChanged(null, unit);
    return unit;
  }

  @Override
  public synchronized Optional<WorkUnit> leasePending(
      String jobId,
      PeerId peer,
      long maxNonces,
      Target shareTarget,
      Instant expiresAt,
      Instant now) {
    Pending pending = pendingByJob.get(jobId);
    if (pending == null) {
      return Optional.empty();
    }
    WorkUnit unit = live(pending.ids.getFirst());
    if (unit.rest().count() > maxNonces) {
      NonceRange rest = unit.rest();
      WorkUnit shorter = unit.shortenedTo(unit.searched() + maxNonces, now);
      units.put(unit.id(), shorter);
      pending.nonces -= unit.left() - shorter.left();
      log.unitChanged(unit, shorter);
      NonceRange other = new NonceRange(rest.start() + maxNonces, rest.count() - maxNonces);
      add(jobId, other, unit.attempts(), now);
    }
    return lease(unit.id(), peer, shareTarget, expiresAt, now);
  }

  @Override
  public synchronized Optional<WorkUnit> lease(
      long unitId, PeerId peer, Target shareTarget, Instant expiresAt, Instant now) {
    WorkUnit unit = units.get(unitId);
    if (unit == null || unit.state() != UnitState.PENDING) {
      return Optional.empty();
    }
    return Optional.of(
        replace(unit, unit.leasedTo(peer, leaseNumbers.getAsLong(), shareTarget, expiresAt, now)));
  }

  @Override
  public synchronized Optional<WorkUnit> progress(
      UnitRef ref, long searched, Instant expiresAt, Instant now) {
    return underLease(
        ref,
        unit ->
            unit.progressed(
                Math.clamp(searched, unit.searched(), unit.range().count()), expiresAt, now));
  }

  @Override
  public synchronized Optional<WorkUnit> extend(UnitRef ref, Instant expiresAt) {
    return underLease(ref, unit -> unit.extendedTo(expiresAt));
  }

  @Override
  public synchronized Optional<WorkUnit> complete(UnitRef ref, long resultId, Instant now) {
    return underLease(
        ref, unit -> unit.ended(UnitState.COMPLETED, unit.range().count(), resultId, now));
  }

  @Override
  public synchronized Optional<WorkUnit> release(
      UnitRef ref, LeaseEnding ending, long resultId, int maxAttempts, Instant now) {
    return underLease(
        ref,
        unit -> {
          if (unit.searched() == unit.range().count()) {
            return unit.ended(UnitState.COMPLETED, unit.searched(), resultId, now);
          }
          log.leaseEnded(unit, ending, resultId, now);
          return unit.attempts() >= maxAttempts
              ? unit.ended(UnitState.FAILED, unit.searched(), resultId, now)
              : unit.released(unit.searched(), now);
        });
  }

  @Override
  public synchronized List<WorkUnit> cancelJob(String jobId, Instant now) {
    List<WorkUnit> held = new ArrayList<>();
    for (WorkUnit unit : units.values()) {
      if (unit.state().isLeased() && unit.jobId().equals(jobId)) {
        held.add(unit);
      }
    }
    held.replaceAll(unit -> cancel(unit, now));
    cancelPending(jobId, now);
    return held;
  }

  @Override
  public synchronized void cancelPending(String jobId, Instant now) {
    Pending pending = pendingByJob.get(jobId);
    if (pending != null) {
      List.copyOf(pending.ids).forEach(id -> cancel(live(id), now));
    }
  }

  @Override
  public synchronized Optional<WorkUnit> cancel(long unitId, Instant now) {
    return Optional.ofNullable(units.get(unitId)).map(unit -> cancel(unit, now));
  }

  private WorkUnit cancel(WorkUnit unit, Instant now) {
    return replace(unit, unit.ended(UnitState.CANCELLED, unit.searched(), 0, now));
  }

  @Override
  public synchronized long pendingNonces(String jobId) {
    Pending pending = pendingByJob.get(jobId);
    return pending == null ? 0 : pending.nonces;
  }

  @Override
  public synchronized List<WorkUnit> expired(Instant now) {
    if (firstEnd.isAfter(now)) {
      return List.of();
    }
    List<WorkUnit> expired = new ArrayList<>();
    firstEnd = Instant.MAX;
    for (WorkUnit unit : units.values()) {
      noteEnd(unit);
      if (isExpired(unit, now)) {
        expired.add(unit);
      }
    }
    return expired;
  }

  private void noteEnd(WorkUnit unit) {
    Instant end = unit.leaseExpiresAt();
    if (end != null && end.isBefore(firstEnd)) {
      firstEnd = end;
    }
  }

  @Override
  public synchronized List<WorkUnit> heldBy(PeerId peer) {
    return List.copyOf(leasedByPeer.getOrDefault(peer, Map.of()).values());
  }

  @Override
  public synchronized Optional<WorkUnit> find(long unitId) {
    return Optional.ofNullable(units.get(unitId));
  }

  @Override
  public synchronized long newLease() {
    return leaseNumbers.getAsLong();
  }

  @Override
  public synchronized Map<UnitState, Long> countByState() {
    return new EnumMap<>(counts);
  }

  private static boolean isExpired(WorkUnit unit, Instant now) {
    Instant end = unit.leaseExpiresAt();
    return end != null && !end.isAfter(now);
  }

  private Optional<WorkUnit> underLease(UnitRef ref, UnaryOperator<WorkUnit> change) {
    WorkUnit unit = units.get(ref.unitId());
    if (unit == null || !unit.isLeasedUnder(ref.lease())) {
      return Optional.empty();
    }
    return Optional.of(replace(unit, change.apply(unit)));
  }

  private WorkUnit live(long id) {
    WorkUnit unit = units.get(id);
    if (unit == null) {
      throw new IllegalStateException("unit=" + id + " is listed but not there");
    }
    return unit;
  }

  private WorkUnit replace(WorkUnit before, WorkUnit after) {
    counts.merge(before.state(), -1L, Long::sum);
    counts.merge(after.state(), 1L, Long::sum);
    if (before.state() == UnitState.PENDING) {
      dropPending(before);
    }
    dropLease(before);
    if (after.state().isFinal()) {
      units.remove(after.id());
    } else {
      units.put(after.id(), after);
      indexPending(after);
      indexLease(after);
    }
    log.unitChanged(before, after);
    return after;
  }

  private void indexPending(WorkUnit unit) {
    if (unit.state() == UnitState.PENDING) {
      Pending pending = pendingByJob.computeIfAbsent(unit.jobId(), id -> new Pending());
      pending.ids.addLast(unit.id());
      pending.nonces += unit.left();
    }
  }

  private void indexLease(WorkUnit unit) {
    PeerId holder = unit.peer();
    if (holder != null && unit.state().isLeased()) {
      noteEnd(unit);
      leasedByPeer.computeIfAbsent(holder, peer -> new LinkedHashMap<>()).put(unit.id(), unit);
    }
  }

  private void dropLease(WorkUnit unit) {
    PeerId holder = unit.peer();
    if (holder != null && unit.state().isLeased()) {
      leasedByPeer.computeIfPresent(
          holder,
          (peer, held) -> {
            held.remove(unit.id());
            return held.isEmpty() ? null : held;
          });
    }
  }

  private void dropPending(WorkUnit unit) {
    Pending pending = pendingByJob.get(unit.jobId());
    if (pending != null && pending.ids.remove(unit.id())) {
      pending.nonces -= unit.left();
      if (pending.ids.isEmpty()) {
        pendingByJob.remove(unit.jobId());
      }
    }
  }

  /** The units of a job that wait, oldest first, and how many nonces wait with them. */
  private static final class Pending {

    private final Deque<Long> ids = new ArrayDeque<>();
    private long nonces;
  }
}
