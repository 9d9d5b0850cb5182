package io.p2pmining.master.work;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range of nonces of one job and where its search stands. An immutable snapshot.
 *
 * @param id unique in the cluster
 * @param range all of its nonces
 * @param searched how many of the first nonces have been searched, under whichever lease
 * @param peer who holds the lease, or held the last one; null if nobody ever did
 * @param lease the fencing token of the last assignment; 0 if there was none
 * @param leaseStart how many nonces had been searched when the lease began
 * @param shareTarget what counts as a share under that lease; null if there was none
 * @param leaseExpiresAt when the lease ends; null if there is none
 * @param attempts how often the unit was assigned
 * @param resultId the worker's id of the result that ended the unit; 0 if none did
 */
public record WorkUnit(
    long id,
    String jobId,
    UnitState state,
    NonceRange range,
    long searched,
    @Nullable PeerId peer,
    long lease,
    long leaseStart,
    @Nullable Target shareTarget,
    @Nullable Instant leaseExpiresAt,
    int attempts,
    long resultId,
    Instant createdAt,
    Instant updatedAt) {

  /** Unit and lease. */
  public UnitRef ref() {
    return new UnitRef(id, lease);
  }

  /** The nonces that have not been searched; the unit must not be searched to its end. */
  public NonceRange rest() {
    return new NonceRange(range.start() + searched, range.count() - searched);
  }

  /** How many nonces nobody has searched. */
  public long left() {
    return range.count() - searched;
  }

  /** Whether {@code token} is the fencing token of a lease that is alive. */
  boolean isLeasedUnder(long token) {
    return state.isLeased() && lease == token;
  }

  /** Whether both are snapshots of one lease that is alive. */
  public boolean isUnderLeaseOf(WorkUnit other) {
    return isLeasedUnder(other.lease) && other.state.isLeased();
  }

  /** The nonces of the current or last lease. */
  public NonceRange leasedRange() {
    return new NonceRange(range.start() + leaseStart, range.count() - leaseStart);
  }

  /**
   * A unit that waits for its first worker.
   *
   * @param attempts how often the unit was assigned that its range was part of before
   */
  static WorkUnit pending(long id, String jobId, NonceRange range, int attempts, Instant now) {
    return new WorkUnit(
        id, jobId, UnitState.PENDING, range, 0, null, 0, 0, null, null, attempts, 0, now, now);
  }

  /** This unit, ending after its first {@code count} nonces; the rest is somebody else's. */
  WorkUnit shortenedTo(long count, Instant now) {
    return new WorkUnit(
        id,
        jobId,
        state,
        new NonceRange(range.start(), count),
        searched,
        peer,
        lease,
        leaseStart,
        shareTarget,
        leaseExpiresAt,
        attempts,
        resultId,
        createdAt,
        now);
  }

  /** This unit, under a lease that lives until {@code expiresAt} at least. */
  WorkUnit extendedTo(Instant expiresAt) {
    Instant before = leaseExpiresAt;
    return new WorkUnit(
        id,
        jobId,
        state,
        range,
        searched,
        peer,
        lease,
        leaseStart,
        shareTarget,
        before == null || before.isAfter(expiresAt) ? before : expiresAt,
        attempts,
        resultId,
        createdAt,
        updatedAt);
  }

  WorkUnit leasedTo(PeerId to, long token, Target target, Instant expiresAt, Instant now) {
    checkTransition(UnitState.ASSIGNED, searched);
    return new WorkUnit(
        id,
        jobId,
        UnitState.ASSIGNED,
        range,
        searched,
        to,
        token,
        searched,
        target,
        expiresAt,
        attempts + 1,
        0,
        createdAt,
        now);
  }

  /** This unit, searched further, under a lease that lives until {@code expiresAt} at least. */
  WorkUnit progressed(long searchedNow, Instant expiresAt, Instant now) {
    return change(
        UnitState.COMPUTING, searchedNow, extendedTo(expiresAt).leaseExpiresAt(), resultId, now);
  }

  WorkUnit released(long searchedNow, Instant now) {
    return change(UnitState.PENDING, searchedNow, null, resultId, now);
  }

  WorkUnit ended(UnitState end, long searchedNow, long byResult, Instant now) {
    return change(end, searchedNow, null, byResult, now);
  }

  private WorkUnit change(
      UnitState next, long searchedNow, @Nullable Instant expiresAt, long byResult, Instant now) {
    checkTransition(next, searchedNow);
    return new WorkUnit(
        id,
        jobId,
        next,
        range,
        searchedNow,
        peer,
        lease,
        leaseStart,
        shareTarget,
        expiresAt,
        attempts,
        byResult,
        createdAt,
        now);
  }

  private void checkTransition(UnitState next, long searchedNow) {
    if (!state.successors().contains(next)) {
      throw new IllegalStateException("unit=" + id + ": " + state + " cannot become " + next);
    }
    if (searchedNow < searched || searchedNow > range.count()) {
      throw new IllegalStateException(
          "unit=" + id + ": searched=" + searchedNow + ", before=" + searched + ", " + range);
    }
  }
}
