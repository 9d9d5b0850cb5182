package io.p2pmining.master.work;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The units that have not ended. Each method is one transaction; ids and lease tokens are the
 * queue's. Methods that name a lease change nothing and answer empty when it is no longer the
 * current one. Safe for use by any thread.
 */
public interface WorkQueue {

  /** A new pending unit. */
  WorkUnit add(String jobId, NonceRange range, Instant now);

  /**
   * Leases the oldest pending unit of a job. If more than {@code maxNonces} of it are left to
   * search, it is cut, and what is too much becomes a pending unit of its own.
   */
  Optional<WorkUnit> leasePending(
      String jobId,
      PeerId peer,
      long maxNonces,
      Target shareTarget,
      Instant expiresAt,
      Instant now);

  /** Leases a pending unit. */
  Optional<WorkUnit> lease(
      long unitId, PeerId peer, Target shareTarget, Instant expiresAt, Instant now);

  /**
   * Notes progress, counted from the unit's start, and lets the lease live until {@code expiresAt}
   * at least; neither ever goes back.
   */
  Optional<WorkUnit> progress(UnitRef ref, long searched, Instant expiresAt, Instant now);

  /** Lets a lease live until {@code expiresAt} at least; nothing else about the unit changes. */
  Optional<WorkUnit> extend(UnitRef ref, Instant expiresAt);

  /**
   * Ends a unit whose every nonce has been searched.
   *
   * @param resultId the worker's id of the result that says so
   */
  Optional<WorkUnit> complete(UnitRef ref, long resultId, Instant now);

  /**
   * Takes a lease back: the rest is pending again, or failed after {@code maxAttempts}.
   *
   * @param resultId the worker's id of the result that caused it; 0 if none did
   */
  Optional<WorkUnit> release(
      UnitRef ref, LeaseEnding ending, long resultId, int maxAttempts, Instant now);

  /** Cancels every unit of a job that has not ended, and returns those that had been leased. */
  List<WorkUnit> cancelJob(String jobId, Instant now);

  /** Cancels a unit that has not ended. */
  Optional<WorkUnit> cancel(long unitId, Instant now);

  /** Cancels the pending units of a job. */
  void cancelPending(String jobId, Instant now);

  /** How many nonces of a job wait in pending units. */
  long pendingNonces(String jobId);

  /** The leased units whose lease ended at {@code now} or before. */
  List<WorkUnit> expired(Instant now);

  /** The units that a peer holds. */
  List<WorkUnit> heldBy(PeerId peer);

  /** The unit of this id, if it has not ended. */
  Optional<WorkUnit> find(long unitId);

  /** A fencing token that no lease ever had, for a search that is not the queue's. */
  long newLease();

  /** How many units have ever been in each final state, and are in the others now. */
  Map<UnitState, Long> countByState();
}
