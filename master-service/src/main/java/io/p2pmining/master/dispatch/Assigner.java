package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps each worker supplied with as many units as it asked for. Owned by the dispatcher's thread.
 */
final class Assigner {

  /** Leasing a unit may cut it in two. */
  private static final int NUMBERS_PER_LEASE = 2;

  private final WorkSettings settings;
  private final UnitSizer sizer;
  private final WorkQueue queue;
  private final JobBoard board;
  private final Leases leases;
  private final ShareTargetPolicy targets;
  private final Verifier verifier;
  private final Journal journal;
  private final Supply supply;
  private final Clock clock;
  private final Function<Job, Optional<Job>> nextVariant;

  /** Leases that their workers have not been told of, because they are not durable yet. */
  private final Set<UnitRef> untold = new HashSet<>();

  /** Workers that have fewer units in hand than they asked for. */
  private final Set<Worker> hungry = new LinkedHashSet<>();

  Assigner(
      WorkSettings settings,
      WorkQueue queue,
      JobBoard board,
      Leases leases,
      ShareTargetPolicy targets,
      Verifier verifier,
      Journal journal,
      Supply supply,
      Clock clock,
      Function<Job, Optional<Job>> nextVariant) {
    this.settings = settings;
    this.sizer = new UnitSizer(settings);
    this.queue = queue;
    this.board = board;
    this.leases = leases;
    this.targets = targets;
    this.verifier = verifier;
    this.journal = journal;
    this.supply = supply;
    this.clock = clock;
    this.nextVariant = nextVariant;
  }

  /**
   * Brings a worker up to its depth, or tells it why there is nothing to do. The worker is told of
   * its units once their leases are durable: a master that restarts knows every lease that a worker
   * knows.
   *
   * @param workers how many workers share the verification
   * @return the units that were leased
   */
  List<WorkUnit> topUp(Worker worker, int workers) {
    PeerLink link = worker.link();
    if (link == null || worker.depth() == 0) {
      hungry.remove(worker);
      return List.of();
    }
    int held = queue.heldBy(worker.peer()).size();
    if (worker.isPaused() || !canLease()) {
      hungry.add(worker);
      if (held == 0 && !worker.isPaused()) {
        tellNoWork(worker, link, NoWorkReason.NO_JOB, "the master's database does not keep up");
      }
      return List.of();
    }
    int wanted = Math.min(worker.depth(), settings.maxDepth());
    List<Assignment> assignments = new ArrayList<>();
    List<WorkUnit> leased = new ArrayList<>();
    while (held + assignments.size() < wanted) {
      Optional<WorkUnit> unit = leaseNext(worker, workers, assignments);
      if (unit.isEmpty()) {
        break;
      }
      leased.add(unit.get());
    }
    if (held + assignments.size() < wanted) {
      hungry.add(worker);
    } else {
      hungry.remove(worker);
    }
    if (!assignments.isEmpty()) {
      worker.hasWork();
      assignments.forEach(assignment -> untold.add(assignment.ref()));
      journal.whenDurable(() -> tell(worker, link, assignments));
    } else if (held == 0) {
      sayWhy(worker, link);
    }
    return leased;
  }

  /** The workers that could do more, at this moment. */
  List<Worker> hungry() {
    return List.copyOf(hungry);
  }

  void forget(Worker worker) {
    hungry.remove(worker);
  }

  /** Whether a worker does not know yet that it holds this lease. */
  boolean isUntold(UnitRef ref) {
    return untold.contains(ref);
  }

  /** Whether the store can take leases now. */
  boolean canLease() {
    return !journal.isFull() && supply.canLease(NUMBERS_PER_LEASE * settings.maxDepth());
  }

  /** What was lost meanwhile, the worker never hears of; a lease's time begins when it is told. */
  private void tell(Worker worker, PeerLink link, List<Assignment> assignments) {
    Instant now = clock.instant();
    List<Assignment> valid = new ArrayList<>();
    for (Assignment assignment : assignments) {
      UnitRef ref = assignment.ref();
      untold.remove(ref);
      if (worker.isLinkedBy(link)
          && queue.extend(ref, now.plus(assignment.leaseTime())).isPresent()) {
        valid.add(assignment);
      }
    }
    if (!valid.isEmpty()) {
      link.assign(valid);
    }
  }

  /** How long a lease lives from now when {@code nonces} are left to search. */
  Duration leaseTime(Worker worker, Job job, long nonces) {
    double rate = worker.profile().abilityFor(job.algorithm()).map(worker::rateFor).orElse(1.0);
    return sizer.leaseTime(rate, nonces);
  }

  private Optional<WorkUnit> leaseNext(Worker worker, int workers, List<Assignment> into) {
    for (Job job : board.currentInTurn()) {
      Optional<WorkerProfile.Ability> ability = worker.profile().abilityFor(job.algorithm());
      if (ability.isEmpty()) {
        continue;
      }
      double rate = worker.rateFor(ability.get());
      Optional<WorkUnit> unit = leaseFrom(job, worker, rate, workers);
      if (unit.isPresent()) {
        into.add(assignment(unit.get(), worker, rate));
        return unit;
      }
    }
    return Optional.empty();
  }

  private Optional<WorkUnit> leaseFrom(Job job, Worker worker, double rate, int workers) {
    Instant now = clock.instant();
    int threads = worker.profile().threads();
    Target target =
        targets.target(rate, workers, verifier.verificationsPerSecond(), job.networkTarget());
    long most = sizer.nonces(rate, threads, job.range().count());
    Optional<WorkUnit> returned =
        queue.leasePending(
            job.id(), worker.peer(), most, target, now.plus(sizer.leaseTime(rate, most)), now);
    if (returned.isPresent()) {
      return returned;
    }
    Job source = job;
    long uncut = board.uncut(job);
    if (uncut == 0) {
      Optional<Job> variant = nextVariant.apply(job);
      if (variant.isEmpty()) {
        return Optional.empty();
      }
      source = variant.get();
      uncut = board.uncut(source);
    }
    long count = Math.min(uncut, sizer.nonces(rate, threads, source.range().count()));
    WorkUnit unit = queue.add(source.id(), board.cut(source, count), now);
    return queue.lease(
        unit.id(), worker.peer(), target, now.plus(sizer.leaseTime(rate, count)), now);
  }

  private Assignment assignment(WorkUnit unit, Worker worker, double rate) {
    Job job =
        board
            .find(unit.jobId())
            .orElseThrow(() -> new IllegalStateException("job of unit is gone: " + unit))
            .job();
    Target target = unit.shareTarget();
    if (target == null) {
      throw new IllegalStateException("leased without a share target: " + unit);
    }
    leases.add(unit.ref(), new Leases.Terms(worker.peer(), job, unit.rest(), target, 0));
    Duration lease = sizer.leaseTime(rate, unit.rest().count());
    return new Assignment(unit.ref(), job, unit.rest(), target, lease);
  }

  private void sayWhy(Worker worker, PeerLink link) {
    Map<String, String> withdrawals = board.withdrawals();
    List<Job> jobs = board.currentInTurn();
    NoWorkReason reason;
    String detail;
    if (jobs.stream().anyMatch(job -> worker.profile().abilityFor(job.algorithm()).isPresent())) {
      reason = NoWorkReason.NO_JOB;
      detail = "every nonce of the current job is in some worker's hands";
    } else if (!jobs.isEmpty()) {
      reason = NoWorkReason.UNSUPPORTED_ALGORITHM;
      detail = "this worker runs none of the algorithms of the current jobs";
    } else if (!withdrawals.isEmpty()) {
      reason = NoWorkReason.SOURCE_DOWN;
      detail = String.join("; ", withdrawals.values());
    } else {
      reason = NoWorkReason.NO_JOB;
      detail = "no source has delivered a job yet";
    }
    tellNoWork(worker, link, reason, detail);
  }

  private static void tellNoWork(Worker worker, PeerLink link, NoWorkReason reason, String detail) {
    if (worker.tellNoWork(reason, detail)) {
      link.noWork(reason, detail);
    }
  }
}
