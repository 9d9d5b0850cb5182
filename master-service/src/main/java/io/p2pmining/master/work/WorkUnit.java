package io.p2pmining.master.work;

import io.p2pmining.common.work.NonceRange;
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
 * @param leaseExpiresAt when the lease ends; null if there is none
 * @param attempts how often the unit was assigned
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
    @Nullable Instant leaseExpiresAt,
    int attempts,
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

  /** Whether {@code token} is the fencing token of a lease that is alive. */
  boolean isLeasedUnder(long token) {
    return state.isLeased() && lease == token;
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
        leaseExpiresAt,
        attempts,
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
        before == null || before.isAfter(expiresAt) ? before : expiresAt,
        attempts,
        createdAt,
        updatedAt);
  }

  WorkUnit leasedTo(PeerId peer, long token, Instant expiresAt, Instant now) {
    return change(
        UnitState.ASSIGNED, searched, peer, token, searched, expiresAt, attempts + 1, now);
  }

  /** This unit, searched further, under a lease that lives until {@code expiresAt} at least. */
  WorkUnit progressed(long searchedNow, Instant expiresAt, Instant now) {
    Instant end = extendedTo(expiresAt).leaseExpiresAt();
    return change(UnitState.COMPUTING, searchedNow, peer, lease, leaseStart, end, attempts, now);
  }

  WorkUnit released(long searchedNow, Instant now) {
    return change(UnitState.PENDING, searchedNow, peer, lease, leaseStart, null, attempts, now);
  }

  WorkUnit ended(UnitState end, long searchedNow, Instant now) {
    return change(end, searchedNow, peer, lease, leaseStart, null, attempts, now);
  }

  private WorkUnit change(
      UnitState next,
      long searchedNow,
      @Nullable PeerId holder,
      long token,
      long start,
      @Nullable Instant expiresAt,
      int attemptsNow,
      Instant now) {
    if (!state.successors().contains(next)) {
      throw new IllegalStateException("unit=" + id + ": " + state + " cannot become " + next);
    }
    if (searchedNow < searched || searchedNow > range.count()) {
      throw new IllegalStateException(
          "unit=" + id + ": searched=" + searchedNow + ", before=" + searched + ", " + range);
    }
    return new WorkUnit(
        id,
        jobId,
        next,
        range,
        searchedNow,
        holder,
        token,
        start,
        expiresAt,
        attemptsNow,
        createdAt,
        now);
  }
}
