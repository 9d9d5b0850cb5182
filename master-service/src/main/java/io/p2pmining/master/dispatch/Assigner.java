package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Supply;
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
import java.util.function.Supplier;

/**
 * Keeps each worker supplied with as many units as it asked for. Owned by the dispatcher's thread.
 */
final class Assigner {

  /** The unit in search and the next one. */
  private static final int USUAL_DEPTH = 2;

  /** Leasing a unit may cut it in two. */
  private static final int NUMBERS_PER_LEASE = 2;

  private final Supplier<WorkSettings> settings;
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
  private final Oversight oversight;
  private final Redos redos;
  private final Throughput throughput;
  private final WorkEvents events;
  private final WorkTraces traces;
  private final FairShare shares = new FairShare();
  private List<Job> knownJobs = List.of();

  /** Leases that their workers have not been told of, because they are not durable yet. */
  private final Set<UnitRef> untold = new HashSet<>();

  /** Workers that have fewer units in hand than they asked for. */
  private final Set<Worker> hungry = new LinkedHashSet<>();

  Assigner(
      Supplier<WorkSettings> settings,
      WorkQueue queue,
      JobBoard board,
      Leases leases,
      ShareTargetPolicy targets,
      Verifier verifier,
      Journal journal,
      Supply supply,
      Clock clock,
      Function<Job, Optional<Job>> nextVariant,
      Oversight oversight,
      Redos redos,
      Throughput throughput,
      WorkEvents events,
      WorkTraces traces) {
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
    this.oversight = oversight;
    this.redos = redos;
    this.throughput = throughput;
    this.events = events;
    this.traces = traces;
  }

  /**
   * Brings a worker up to its depth, or tells it why there is nothing to do. The worker is told of
   * its units once their leases are durable: a master that restarts knows every lease that a worker
   * knows.
   *
   * @param most how many units it is to have at most, whatever its depth
   * @param workers how many workers share the verification
   * @param since when what made units due had come
   * @return the units that were leased
   */
  List<WorkUnit> topUp(Worker worker, int most, int workers, Instant since) {
    PeerLink link = worker.link();
    if (link == null || worker.depth() == 0) {
      hungry.remove(worker);
      worker.tellCancelled();
      return List.of();
    }
    Standing standing = oversight.standingOf(worker.peer());
    if (!standing.allowsWork()) {
      hungry.remove(worker);
      worker.tellCancelled();
      tellNoWork(worker, link, NoWorkReason.DRAINING, standing.sentence());
      return List.of();
    }
    List<WorkUnit> inHand = queue.heldBy(worker.peer());
    Redo.Second redone = redos.of(worker.peer());
    int held = inHand.size() + (redone == null ? 0 : 1);
    if (worker.isPaused() || !canLease()) {
      hungry.add(worker);
      worker.tellCancelled();
      if (held == 0 && !worker.isPaused()) {
        tellNoWork(worker, link, NoWorkReason.NO_JOB, "the master's database does not keep up");
      }
      return List.of();
    }
    double secondsInHand = 0;
    for (WorkUnit unit : inHand) {
      secondsInHand += secondsOf(unit, worker);
    }
    List<Assignment> assignments = new ArrayList<>(USUAL_DEPTH);
    List<WorkUnit> leased = new ArrayList<>(USUAL_DEPTH);
    while (held + assignments.size() < most
        && wantsMore(worker, held + assignments.size(), secondsInHand)) {
      Optional<Assignment> redo = leaseRedo(worker);
      if (redo.isPresent()) {
        assignments.add(redo.get());
        secondsInHand += secondsOf(redo.get().job(), redo.get().range().count(), worker);
        continue;
      }
      Optional<WorkUnit> unit = leaseNext(worker, workers, assignments);
      if (unit.isEmpty()) {
        break;
      }
      leased.add(unit.get());
      secondsInHand += secondsOf(unit.get(), worker);
    }
    if (wantsMore(worker, held + assignments.size(), secondsInHand)) {
      hungry.add(worker);
    } else {
      hungry.remove(worker);
    }
    if (!assignments.isEmpty()) {
      worker.hasWork();
      assignments.forEach(assignment -> untold.add(assignment.ref()));
      journal.whenDurable(() -> tell(worker, link, assignments, since));
      return leased;
    }
    worker.tellCancelled();
    if (held == 0) {
      sayWhy(worker, link);
    }
    return leased;
  }

  /** The unit in search and the next; more of them where both are done within a round trip. */
  private boolean wantsMore(Worker worker, int units, double seconds) {
    return units < Math.min(worker.depth(), settings.get().maxDepth())
        && (units < USUAL_DEPTH || seconds < settings.get().prefetch().toMillis() / 1000.0);
  }

  private double secondsOf(WorkUnit unit, Worker worker) {
    return board.job(unit.jobId()).map(job -> secondsOf(job, unit.left(), worker)).orElse(0.0);
  }

  private static double secondsOf(Job job, long nonces, Worker worker) {
    return worker
        .profile()
        .abilityFor(job.algorithm())
        .map(ability -> UnitSizer.seconds(worker.rateFor(ability), nonces))
        .orElse(0.0);
  }

  /** The workers that could do more, at this moment. */
  List<Worker> hungry() {
    return List.copyOf(hungry);
  }

  /** A worker has lost a unit. */
  void lacks(Worker worker) {
    hungry.add(worker);
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
    return !journal.isFull() && supply.canLease(NUMBERS_PER_LEASE * settings.get().maxDepth());
  }

  /** What was lost meanwhile, the worker never hears of; a lease's time begins when it is told. */
  private void tell(Worker worker, PeerLink link, List<Assignment> assignments, Instant since) {
    Instant now = clock.instant();
    List<Assignment> valid = new ArrayList<>(assignments.size());
    for (Assignment assignment : assignments) {
      UnitRef ref = assignment.ref();
      untold.remove(ref);
      Instant end = now.plus(assignment.leaseTime());
      if (worker.isLinkedBy(link)
          && (queue.extend(ref, end).isPresent() || redos.extend(worker.peer(), ref, end))) {
        valid.add(traces.assigned(worker.peer(), assignment));
      }
    }
    if (valid.isEmpty()) {
      worker.tellCancelled();
    } else {
      worker.assign(valid);
      events.unitsAssigned(Duration.between(since, clock.instant()));
    }
  }

  /** How long a lease lives from now when {@code nonces} are left to search. */
  Duration leaseTime(Worker worker, Job job, long nonces) {
    double rate = worker.profile().abilityFor(job.algorithm()).map(worker::rateFor).orElse(1.0);
    return sizer.leaseTime(rate, nonces);
  }

  /** A range that another worker has searched, if one waits to be searched again. */
  private Optional<Assignment> leaseRedo(Worker worker) {
    return redos
        .next(worker)
        .flatMap(
            redo ->
                worker
                    .profile()
                    .abilityFor(redo.job().algorithm())
                    .map(ability -> leaseRedo(redo, worker, worker.rateFor(ability))));
  }

  private Assignment leaseRedo(Redo redo, Worker worker, double rate) {
    NonceRange range = redo.range();
    long count = sizer.redoNonces(rate, worker.profile().threads(), range.count());
    NonceRange part = new NonceRange(range.start(), count);
    UnitRef ref = new UnitRef(redo.firstRef().unitId(), queue.newLease());
    Duration lease = sizer.leaseTime(rate, count);
    redos.lease(redo, worker, ref, part, clock.instant().plus(lease));
    Assignment assignment = new Assignment(ref, redo.job(), part, redo.shareTarget(), lease, null);
    grant(assignment, worker, true);
    account(worker, assignment, rate);
    return assignment;
  }

  private Optional<WorkUnit> leaseNext(Worker worker, int workers, List<Assignment> into) {
    for (Job job : shares.inOrder(jobsFor(worker), worker.key())) {
      Optional<WorkerProfile.Ability> ability = worker.profile().abilityFor(job.algorithm());
      if (ability.isEmpty() || waitsBehindRedo(job, worker)) {
        continue;
      }
      double rate = worker.rateFor(ability.get());
      Optional<WorkUnit> unit = leaseFrom(job, worker, rate, workers);
      if (unit.isPresent()) {
        Assignment assignment = assignment(unit.get(), worker, rate);
        into.add(assignment);
        account(worker, assignment, rate);
        return unit;
      }
    }
    return Optional.empty();
  }

  /** A finite job's last units must not wait in a worker's hands while all others are done. */
  private boolean waitsBehindRedo(Job job, Worker worker) {
    return job.finite() != null && redos.of(worker.peer()) != null;
  }

  private List<Job> jobsFor(Worker worker) {
    List<Job> jobs = board.current();
    if (!jobs.equals(knownJobs)) {
      knownJobs = jobs;
      shares.keep(jobs);
    }
    List<Job> able = new ArrayList<>(jobs.size());
    for (Job job : jobs) {
      if (worker.profile().abilityFor(job.algorithm()).isPresent()) {
        able.add(job);
      }
    }
    return able;
  }

  private void account(Worker worker, Assignment assignment, double rate) {
    Job job = assignment.job();
    double together = Math.max(rate, throughput.of(job.algorithm()));
    shares.served(job, UnitSizer.seconds(together, assignment.range().count()));
    worker.preparesFor(FairShare.keyOf(job));
  }

  private Optional<WorkUnit> leaseFrom(Job job, Worker worker, double rate, int workers) {
    Target target = shareTarget(job, rate, workers);
    return job.finite() == null
        ? leaseFromEndless(job, worker, rate, target)
        : leaseFromFinite(job, worker, rate, target);
  }

  private Optional<WorkUnit> leaseFromFinite(Job job, Worker worker, double rate, Target target) {
    long uncut = board.uncut(job);
    long left = uncut + queue.pendingNonces(job.id());
    if (left == 0) {
      return Optional.empty();
    }
    long count =
        sizer.tailNonces(
            rate,
            worker.profile().threads(),
            worker.isMeasured(job.algorithm()),
            left,
            throughput.of(job.algorithm()));
    return leasePending(job, worker, rate, target, count)
        .or(() -> leaseCut(job, worker, rate, target, Math.min(uncut, count)));
  }

  private Optional<WorkUnit> leaseFromEndless(Job job, Worker worker, double rate, Target target) {
    int threads = worker.profile().threads();
    long most = sizer.nonces(rate, threads, job.range().count());
    Optional<WorkUnit> returned = leasePending(job, worker, rate, target, most);
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
    return leaseCut(source, worker, rate, target, count);
  }

  private Optional<WorkUnit> leasePending(
      Job job, Worker worker, double rate, Target target, long most) {
    Instant now = clock.instant();
    Instant end = now.plus(sizer.leaseTime(rate, most));
    return queue.leasePending(job.id(), worker.peer(), most, target, end, now);
  }

  private Optional<WorkUnit> leaseCut(
      Job job, Worker worker, double rate, Target target, long count) {
    Instant now = clock.instant();
    WorkUnit unit = queue.add(job.id(), board.cut(job, count), now);
    Instant end = now.plus(sizer.leaseTime(rate, count));
    return queue.lease(unit.id(), worker.peer(), target, end, now);
  }

  private Assignment assignment(WorkUnit unit, Worker worker, double rate) {
    Job job =
        board
            .job(unit.jobId())
            .orElseThrow(() -> new IllegalStateException("job of unit is gone: " + unit));
    Target target = unit.shareTarget();
    if (target == null) {
      throw new IllegalStateException("leased without a share target: " + unit);
    }
    Duration lease = sizer.leaseTime(rate, unit.rest().count());
    Assignment assignment = new Assignment(unit.ref(), job, unit.rest(), target, lease, null);
    grant(assignment, worker, false);
    return assignment;
  }

  private void grant(Assignment assignment, Worker worker, boolean again) {
    leases.add(
        assignment.ref(),
        new Leases.Terms(
            worker.peer(),
            assignment.job(),
            assignment.range(),
            assignment.shareTarget(),
            again,
            0));
    oversight.leased(assignment);
  }

  private Target shareTarget(Job job, double rate, int workers) {
    FiniteTerms terms = job.finite();
    Target wanted = terms == null ? null : terms.shareTarget();
    return wanted != null
        ? wanted
        : targets.target(rate, workers, verifier.verificationsPerSecond(), job.networkTarget());
  }

  private void sayWhy(Worker worker, PeerLink link) {
    Map<String, String> withdrawals = board.withdrawals();
    List<Job> jobs = board.current();
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
