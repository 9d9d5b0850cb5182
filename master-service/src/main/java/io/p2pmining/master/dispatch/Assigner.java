package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps each worker supplied with as many units as it asked for. Owned by the dispatcher's thread.
 */
final class Assigner {

  private final WorkSettings settings;
  private final UnitSizer sizer;
  private final WorkQueue queue;
  private final JobBoard board;
  private final Leases leases;
  private final ShareTargetPolicy targets;
  private final Verifier verifier;
  private final Clock clock;
  private final Function<Job, Optional<Job>> nextVariant;
  private final Oversight oversight;

  Assigner(
      WorkSettings settings,
      WorkQueue queue,
      JobBoard board,
      Leases leases,
      ShareTargetPolicy targets,
      Verifier verifier,
      Clock clock,
      Function<Job, Optional<Job>> nextVariant,
      Oversight oversight) {
    this.settings = settings;
    this.sizer = new UnitSizer(settings);
    this.queue = queue;
    this.board = board;
    this.leases = leases;
    this.targets = targets;
    this.verifier = verifier;
    this.clock = clock;
    this.nextVariant = nextVariant;
    this.oversight = oversight;
  }

  /**
   * Brings a worker up to its depth, or tells it why there is nothing to do.
   *
   * @param workers how many workers share the verification
   * @return the units that were leased
   */
  List<WorkUnit> topUp(Worker worker, int workers) {
    PeerLink link = worker.link();
    if (link == null || worker.depth() == 0) {
      return List.of();
    }
    Standing standing = oversight.standingOf(worker.peer());
    if (!standing.allowsWork()) {
      sayOutOfService(worker, link, standing);
      return List.of();
    }
    if (worker.isPaused()) {
      return List.of();
    }
    int held = queue.heldBy(worker.peer()).size();
    List<Assignment> assignments = new ArrayList<>();
    List<WorkUnit> leased = new ArrayList<>();
    while (held + assignments.size() < Math.min(worker.depth(), settings.maxDepth())) {
      Optional<WorkUnit> unit = leaseNext(worker, workers, assignments);
      if (unit.isEmpty()) {
        break;
      }
      leased.add(unit.get());
    }
    if (!assignments.isEmpty()) {
      worker.hasWork();
      link.assign(assignments);
    } else if (held == 0) {
      sayWhy(worker, link);
    }
    return leased;
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
      Optional<WorkUnit> unit = leaseFrom(job, worker, rate);
      if (unit.isPresent()) {
        into.add(assignment(unit.get(), worker, rate, workers));
        return unit;
      }
    }
    return Optional.empty();
  }

  private Optional<WorkUnit> leaseFrom(Job job, Worker worker, double rate) {
    Instant now = clock.instant();
    int threads = worker.profile().threads();
    long most = sizer.nonces(rate, threads, job.range().count());
    Optional<WorkUnit> returned =
        queue.leasePending(
            job.id(), worker.peer(), most, now.plus(sizer.leaseTime(rate, most)), now);
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
    return queue.lease(unit.id(), worker.peer(), now.plus(sizer.leaseTime(rate, count)), now);
  }

  private Assignment assignment(WorkUnit unit, Worker worker, double rate, int workers) {
    Job job =
        board
            .find(unit.jobId())
            .orElseThrow(() -> new IllegalStateException("job of unit is gone: " + unit))
            .job();
    Target target =
        targets.target(rate, workers, verifier.verificationsPerSecond(), job.networkTarget());
    leases.add(unit.ref(), new Leases.Terms(worker.peer(), job, unit.rest(), target));
    Duration lease = sizer.leaseTime(rate, unit.rest().count());
    Assignment assignment = new Assignment(unit.ref(), job, unit.rest(), target, lease);
    oversight.leased(assignment);
    return assignment;
  }

  private static void sayOutOfService(Worker worker, PeerLink link, Standing standing) {
    if (worker.tellNoWork(NoWorkReason.DRAINING, standing.sentence())) {
      link.noWork(NoWorkReason.DRAINING, standing.sentence());
    }
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
    if (worker.tellNoWork(reason, detail)) {
      link.noWork(reason, detail);
    }
  }
}
