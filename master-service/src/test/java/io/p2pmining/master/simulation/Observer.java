package io.p2pmining.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees both ends of every connection and every hash, and fails as soon as something happens that
 * must not: a range leased twice at once, a nonce searched twice without a reason, an honest result
 * refused, two verdicts on one result.
 */
final class Observer {

  /** For so long after its last sign of life no lease is lost. */
  static final Duration LEASE_MINIMUM = Duration.ofSeconds(30);

  /** For so long a master that starts waits for the workers of the one before. */
  private static final Duration RESTART_GRACE = Duration.ofSeconds(30);

  private static final int LOG_LINES = 400;

  private final Clock clock;
  private final Duration reconnectGrace;
  private final Hasher hasher;
  private final Map<UnitRef, LeaseRecord> leases = new LinkedHashMap<>();
  private final Map<String, List<LeaseRecord>> leasesByJob = new HashMap<>();
  private final Map<String, Map<Long, LeaseRecord>> searchedBy = new HashMap<>();
  private final Map<String, BitSet> searched = new HashMap<>();
  private final Set<String> searchedTwice = new HashSet<>();
  private final Map<ResultKey, Told> told = new HashMap<>();
  private final Set<String> acknowledgedShares = new HashSet<>();
  private final Set<UnitRef> acknowledgedCompletions = new HashSet<>();
  private final Set<String> deliveredBlocks = new HashSet<>();
  private final Set<String> endedJobs = new HashSet<>();
  private final Deque<String> log = new ArrayDeque<>();
  private int deliveredShares;
  private int masters;

  Observer(Clock clock, Duration reconnectGrace, Hasher hasher) {
    this.clock = clock;
    this.reconnectGrace = reconnectGrace;
    this.hasher = hasher;
  }

  // ------------------------------------------------------------ what the master says

  void assigned(SimulatedWorker worker, Assignment assignment) {
    LeaseRecord lease = new LeaseRecord(worker, assignment, clock.instant());
    note("assigned " + lease);
    assertThat(leases).as("lease tokens are unique").doesNotContainKey(lease.ref);
    assertThat(endedJobs).as("no work from an obsolete job").doesNotContain(lease.job.id());
    List<LeaseRecord> ofJob = leasesByJob.computeIfAbsent(lease.job.id(), j -> new ArrayList<>());
    for (LeaseRecord other : ofJob) {
      if (other.overlaps(lease)) {
        assertThat(isOver(other)).as("leased twice at once: %s and %s", other, lease).isTrue();
        other.disturb("given to " + worker.name());
      }
    }
    ofJob.add(lease);
    leases.put(lease.ref, lease);
  }

  void cancelled(SimulatedWorker worker, List<UnitRef> units, CancelReason reason) {
    note("cancelled " + worker.name() + " " + units + " " + reason);
    for (UnitRef ref : units) {
      LeaseRecord lease = leases.get(ref);
      if (lease == null) {
        continue;
      }
      if (reason == CancelReason.LEASE_LOST && !lease.closed) {
        boolean excused = isOver(lease) || isEnded(lease.job.id());
        assertThat(excused).as("lost a lease for no reason: %s", lease).isTrue();
        lease.disturb("lost");
      }
      lease.cancelled |= !lease.closed;
      lease.closed = true;
    }
  }

  void acknowledged(SimulatedWorker worker, long resultId, Verdict verdict) {
    note("verdict " + worker.name() + " " + resultId + " " + verdict);
    Told former = told.put(new ResultKey(worker, resultId), new Told(verdict, masters));
    assertThat(former == null || former.allows(verdict, masters))
        .as("%s: %s after %s", resultId, verdict, former)
        .isTrue();
    WorkResult result = worker.unacknowledged().get(resultId);
    if (result instanceof WorkResult.ShareFound share) {
      if (!(verdict instanceof Verdict.Rejected)) {
        acknowledgedShares.add(nonceKey(share));
      }
    } else if (result != null && leases.get(result.ref()) != null) {
      lease(result.ref()).settled = true;
      if (result instanceof WorkResult.RangeCompleted && verdict instanceof Verdict.Accepted) {
        acknowledgedCompletions.add(result.ref());
      }
    }
    if (result == null || !(verdict instanceof Verdict.Rejected(Rejection reason))) {
      return;
    }
    boolean excused =
        switch (reason) {
          case STALE -> isTooLate(result);
          case DUPLICATE -> searchedTwice.contains(nonceKey(result));
          case BAD_HASH, LOW_DIFFICULTY, OUT_OF_RANGE, UNKNOWN_UNIT, MALFORMED -> false;
        };
    assertThat(excused).as("honest result refused: %s %s", result, reason).isTrue();
  }

  // ------------------------------------------------------------ what reaches the master

  void delivered(SimulatedWorker worker, WorkResult result) {
    note("delivered " + worker.name() + " " + result);
    if (result instanceof WorkResult.ShareFound share) {
      deliveredShares++;
      LeaseRecord lease = lease(share.ref());
      byte[] input = lease.job.blobWith(share.nonce());
      byte[] proof = new byte[Hasher.HASH_LENGTH];
      hasher.proof(input, input.length, share.hash().toArray(), proof);
      if (SimulatedSource.NETWORK_TARGET.isMetBy(proof)) {
        deliveredBlocks.add(nonceKey(share));
      }
    } else {
      LeaseRecord lease = lease(result.ref());
      if (isOver(lease)) {
        lease.disturb("reported too late");
      } else if (result instanceof WorkResult.RangeCompleted) {
        getsOn(worker);
      }
      lease.closed = true;
      lease.endedBy = result.resultId();
    }
  }

  /**
   * The master has heard that a worker gets on with a unit. If the unit is still the worker's,
   * nothing that it has in hand may be lost soon; under a lease that is over a report means
   * nothing, or a worker that ignores a cancellation could keep its other units for ever.
   */
  void progressed(SimulatedWorker worker, UnitRef ref) {
    if (!isOver(lease(ref))) {
      getsOn(worker);
    }
  }

  private void getsOn(SimulatedWorker worker) {
    for (LeaseRecord lease : leases.values()) {
      if (lease.worker == worker && !isOver(lease)) {
        lease.aliveAt = clock.instant();
      }
    }
  }

  /** A worker's first request of a connection has reached the master. */
  void requested(SimulatedWorker worker, List<UnitRef> held) {
    note("requested " + worker.name() + " held=" + held);
    for (LeaseRecord lease : leases.values()) {
      if (lease.worker == worker) {
        if (!held.contains(lease.ref)) {
          lease.disturb("not held any more");
        } else if (isPastGrace(lease)) {
          lease.disturb("back after the grace");
        }
        lease.graceEndsAt = null;
      }
    }
  }

  /**
   * The master is gone, and with it everything that it had heard but not stored.
   *
   * @param backAt when another one goes on
   * @param stored the leases whose end it had stored, acknowledged or not
   */
  void masterCrashed(Instant backAt, Set<UnitRef> stored) {
    note("master crashed until " + backAt);
    masters++;
    for (LeaseRecord lease : leases.values()) {
      lease.settled |= stored.contains(lease.ref);
      if (!lease.closed && isOver(lease)) {
        lease.disturb("over before the crash");
      }
      if (lease.closed && !lease.cancelled && !lease.settled) {
        lease.closed = false;
        if (!lease.worker.unacknowledged().containsKey(lease.endedBy)) {
          lease.disturb("its end was never acknowledged");
        }
      }
      if (!lease.closed) {
        lease.graceEndsAt = backAt.plus(RESTART_GRACE);
        lease.aliveAt = backAt;
      }
    }
  }

  void jobsEnded(String source) {
    note("jobs of " + source + " ended");
    leasesByJob.keySet().stream().filter(id -> id.startsWith(source)).forEach(endedJobs::add);
  }

  // ------------------------------------------------------------ what happens at the worker

  void searched(SimulatedWorker worker, Assignment assignment, long nonce) {
    LeaseRecord lease = lease(assignment.ref());
    String jobId = assignment.job().id();
    LeaseRecord former =
        searchedBy.computeIfAbsent(jobId, j -> new HashMap<>()).putIfAbsent(nonce, lease);
    searched.computeIfAbsent(jobId, j -> new BitSet()).set((int) nonce);
    if (former != null) {
      assertThat(former).as("searched twice under one lease, nonce=%s", nonce).isNotSameAs(lease);
      assertThat(former.disturbance != null || lease.disturbance != null)
          .as("nonce=%s searched under %s and again under %s", nonce, former, lease)
          .isTrue();
      searchedTwice.add(jobId + ":" + nonce);
    }
  }

  /** The worker crashed or left: everything it holds may be given to others. */
  void disturbed(SimulatedWorker worker, String reason) {
    note(worker.name() + ": " + reason);
    for (LeaseRecord lease : leases.values()) {
      if (lease.worker == worker) {
        lease.disturb(reason);
      }
    }
  }

  /** The master has noticed that the worker's connection is gone. */
  void lostConnection(SimulatedWorker worker) {
    note(worker.name() + ": connection lost");
    for (LeaseRecord lease : leases.values()) {
      if (lease.worker == worker && !lease.closed) {
        if (isPastGrace(lease)) {
          lease.disturb("back after the grace");
        }
        lease.graceEndsAt = clock.instant().plus(reconnectGrace);
      }
    }
  }

  // ------------------------------------------------------------ for the final reckoning

  boolean isEnded(String jobId) {
    return endedJobs.contains(jobId);
  }

  /** The first nonce of the range that nobody has searched, or its end. */
  long firstUnsearched(String jobId, long start) {
    return searched.getOrDefault(jobId, new BitSet()).nextClearBit((int) start);
  }

  Set<String> deliveredBlocks() {
    return deliveredBlocks;
  }

  /** The shares that their workers know to be credited, as job:nonce. */
  Set<String> acknowledgedShares() {
    return acknowledgedShares;
  }

  /** The leases whose workers know that their unit is complete. */
  Set<UnitRef> acknowledgedCompletions() {
    return acknowledgedCompletions;
  }

  int deliveredShares() {
    return deliveredShares;
  }

  int searchedTwiceCount() {
    return searchedTwice.size();
  }

  int leaseCount() {
    return leases.size();
  }

  void note(String line) {
    log.addLast(clock.instant() + " " + line);
    if (log.size() > LOG_LINES) {
      log.removeFirst();
    }
  }

  String log() {
    return String.join("\n", log);
  }

  /** Whether the master may give the nonces of a lease to another worker. */
  private boolean isOver(LeaseRecord lease) {
    Instant now = clock.instant();
    boolean silent = !lease.aliveAt.plus(LEASE_MINIMUM).isAfter(now);
    boolean ranOut = silent && !lease.promisedUntil.isAfter(now);
    return lease.closed || lease.disturbance != null || isPastGrace(lease) || ranOut;
  }

  private boolean isPastGrace(LeaseRecord lease) {
    Instant end = lease.graceEndsAt;
    return end != null && !end.isAfter(clock.instant());
  }

  private boolean isTooLate(WorkResult result) {
    LeaseRecord lease = lease(result.ref());
    boolean leaseWasLost = lease.cancelled || lease.disturbance != null;
    return isEnded(lease.job.id()) || (leaseWasLost && !(result instanceof WorkResult.ShareFound));
  }

  private LeaseRecord lease(UnitRef ref) {
    @Nullable LeaseRecord lease = leases.get(ref);
    if (lease == null) {
      throw new AssertionError("a lease nobody gave: " + ref);
    }
    return lease;
  }

  private String nonceKey(WorkResult result) {
    return result instanceof WorkResult.ShareFound share
        ? lease(share.ref()).job.id() + ":" + share.nonce()
        : "";
  }

  private record ResultKey(SimulatedWorker worker, long resultId) {}

  /**
   * A verdict that a worker has heard.
   *
   * @param master how many masters had crashed by then
   */
  private record Told(Verdict verdict, int master) {

    /** Only why a result is rejected may change, and only with the master. */
    boolean allows(Verdict next, int masterThen) {
      boolean rejectedAgain =
          verdict instanceof Verdict.Rejected && next instanceof Verdict.Rejected;
      return verdict.equals(next) || (rejectedAgain && masterThen > master);
    }
  }
}
