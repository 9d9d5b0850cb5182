package io.p2pmining.master.work;

import io.p2pmining.common.work.NonceRange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A work queue that forgets everything when the process ends. Guarded by its own lock; holds every
 * live unit and the last ended ones up to a bound.
 */
public final class InMemoryWorkQueue implements WorkQueue {

  private final int history;
  private final NavigableMap<Long, WorkUnit> units = new TreeMap<>();
  private final Map<Long, WorkUnit> leased = new LinkedHashMap<>();
  private final Map<PeerId, Map<Long, WorkUnit>> leasedByPeer = new HashMap<>();
  private final Map<String, Deque<Long>> pendingByJob = new HashMap<>();
  private final Deque<Long> ended = new ArrayDeque<>();
  private final Map<UnitState, Long> counts = new EnumMap<>(UnitState.class);
  private long lastId;
  private long lastLease;

  /**
   * An empty queue.
   *
   * @param history how many ended units are remembered
   * @param firstLease where lease tokens begin; higher than any token of an earlier process, so
   *     that workers who still hold its leases are recognised
   */
  public InMemoryWorkQueue(int history, long firstLease) {
    this.history = history;
    this.lastLease = firstLease;
    for (UnitState state : UnitState.values()) {
      counts.put(state, 0L);
    }
  }

  @Override
  public synchronized WorkUnit add(String jobId, NonceRange range, Instant now) {
    WorkUnit unit =
        new WorkUnit(++lastId, jobId, UnitState.PENDING, range, 0, null, 0, 0, null, 0, now, now);
    units.put(unit.id(), unit);
    pendingByJob.computeIfAbsent(jobId, id -> new ArrayDeque<>()).addLast(unit.id());
    counts.merge(UnitState.PENDING, 1L, Long::sum);
    return unit;
  }

  @Override
  public synchronized Optional<WorkUnit> leasePending(
      String jobId, PeerId peer, long maxNonces, Instant expiresAt, Instant now) {
    Deque<Long> pending = pendingByJob.get(jobId);
    if (pending == null) {
      return Optional.empty();
    }
    WorkUnit unit = live(pending.getFirst());
    if (unit.rest().count() > maxNonces) {
      NonceRange rest = unit.rest();
      units.put(unit.id(), unit.shortenedTo(unit.searched() + maxNonces, now));
      add(jobId, new NonceRange(rest.start() + maxNonces, rest.count() - maxNonces), now);
    }
    return lease(unit.id(), peer, expiresAt, now);
  }

  @Override
  public synchronized Optional<WorkUnit> lease(
      long unitId, PeerId peer, Instant expiresAt, Instant now) {
    WorkUnit unit = units.get(unitId);
    if (unit == null || unit.state() != UnitState.PENDING) {
      return Optional.empty();
    }
    return Optional.of(replace(unit, unit.leasedTo(peer, ++lastLease, expiresAt, now)));
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
  public synchronized Optional<WorkUnit> complete(UnitRef ref, Instant now) {
    return underLease(ref, unit -> unit.ended(UnitState.COMPLETED, unit.range().count(), now));
  }

  @Override
  public synchronized Optional<WorkUnit> release(UnitRef ref, int maxAttempts, Instant now) {
    return underLease(
        ref,
        unit -> {
          if (unit.searched() == unit.range().count()) {
            return unit.ended(UnitState.COMPLETED, unit.searched(), now);
          }
          return unit.attempts() >= maxAttempts
              ? unit.ended(UnitState.FAILED, unit.searched(), now)
              : unit.released(unit.searched(), now);
        });
  }

  @Override
  public synchronized List<WorkUnit> cancelJob(String jobId, Instant now) {
    List<WorkUnit> held = leased.values().stream().filter(u -> u.jobId().equals(jobId)).toList();
    for (WorkUnit unit : held) {
      replace(unit, unit.ended(UnitState.CANCELLED, unit.searched(), now));
    }
    cancelPending(jobId, now);
    return held;
  }

  @Override
  public synchronized void cancelPending(String jobId, Instant now) {
    Deque<Long> pending = pendingByJob.get(jobId);
    if (pending != null) {
      for (long id : List.copyOf(pending)) {
        WorkUnit unit = live(id);
        replace(unit, unit.ended(UnitState.CANCELLED, unit.searched(), now));
      }
    }
  }

  @Override
  public synchronized long pendingNonces(String jobId) {
    Deque<Long> pending = pendingByJob.get(jobId);
    return pending == null ? 0 : pending.stream().mapToLong(id -> live(id).left()).sum();
  }

  @Override
  public synchronized List<WorkUnit> expired(Instant now) {
    return leased.values().stream().filter(u -> isExpired(u, now)).toList();
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
  public synchronized List<WorkUnit> list(Filter filter, long offset, int limit) {
    return units.descendingMap().values().stream()
        .filter(filter::matches)
        .skip(offset)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized long count(Filter filter) {
    return units.values().stream().filter(filter::matches).count();
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
    units.put(after.id(), after);
    counts.merge(before.state(), -1L, Long::sum);
    counts.merge(after.state(), 1L, Long::sum);
    if (before.state() == UnitState.PENDING) {
      dropPending(before);
    }
    if (after.state() == UnitState.PENDING) {
      pendingByJob.computeIfAbsent(after.jobId(), id -> new ArrayDeque<>()).addLast(after.id());
    }
    indexLease(before, after);
    if (after.state().isFinal()) {
      remember(after);
    }
    return after;
  }

  private void indexLease(WorkUnit before, WorkUnit after) {
    PeerId holder = before.peer();
    if (holder != null && leased.remove(before.id()) != null) {
      leasedByPeer.computeIfPresent(
          holder,
          (peer, held) -> {
            held.remove(before.id());
            return held.isEmpty() ? null : held;
          });
    }
    PeerId newHolder = after.peer();
    if (newHolder != null && after.state().isLeased()) {
      leased.put(after.id(), after);
      leasedByPeer.computeIfAbsent(newHolder, peer -> new LinkedHashMap<>()).put(after.id(), after);
    }
  }

  private void dropPending(WorkUnit unit) {
    Deque<Long> pending = pendingByJob.get(unit.jobId());
    if (pending != null) {
      pending.remove(unit.id());
      if (pending.isEmpty()) {
        pendingByJob.remove(unit.jobId());
      }
    }
  }

  private void remember(WorkUnit unit) {
    ended.addLast(unit.id());
    while (ended.size() > history) {
      units.remove(ended.removeFirst());
    }
  }
}
