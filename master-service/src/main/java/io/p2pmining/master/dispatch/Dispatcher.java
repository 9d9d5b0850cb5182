package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Recovered;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerEvents;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkResult;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The one place where workers, jobs and units meet. Every event becomes a task on one serial
 * executor, the owner of all state here; callers only hand over and return at once.
 *
 * <p>A job that a new tip makes worthless is cancelled and replaced by push, for all workers in one
 * task. A lost lease gives back what has not been searched. A share is judged by {@link
 * ShareIntake}, who gets a unit and how large it is by {@link Assigner}.
 */
public final class Dispatcher implements PeerEvents, JobListener {

  /** How long a worker that is gone is remembered with its speed and its rejected results. */
  private static final Duration WORKER_RETENTION = Duration.ofHours(1);

  /** Beside the usual grace: workers notice within seconds that a master is back. */
  private static final Duration RESTART_GRACE = Duration.ofSeconds(20);

  /** Workers that are remembered, unless even more are connected. */
  private static final int MAX_WORKERS = 10_000;

  private final WorkSettings settings;
  private final WorkQueue queue;
  private final JobBoard board;
  private final PowAlgorithms algorithms;
  private final Verifier verifier;
  private final WorkEvents events;
  private final Clock clock;
  private final Executor owner;
  private final Map<String, JobSource> sources = new LinkedHashMap<>();
  private final Map<PeerId, Worker> workers = new LinkedHashMap<>();
  private final Journal journal;
  private final Supply supply;
  private final Leases leases = new Leases();
  private final Assigner assigner;
  private final HeldUnits held;
  private final BlockDesk blocks;
  private final ShareIntake intake;
  private final Recovered recovered;

  /** Until when workers of an earlier process are waited for, who have units in hand. */
  private final Map<PeerId, Instant> awaited = new LinkedHashMap<>();

  private int connected;
  private boolean couldLease = true;

  /**
   * A dispatcher without sources, which goes on where an earlier process ended.
   *
   * @param owner runs tasks one after the other in the order in which they come
   * @param recovered what is left of the earlier process; the queue and the board have it already
   */
  public Dispatcher(
      WorkSettings settings,
      WorkQueue queue,
      JobBoard board,
      ShareLedger ledger,
      ShareTargetPolicy targets,
      PowAlgorithms algorithms,
      Verifier verifier,
      Durability durability,
      WorkEvents events,
      Clock clock,
      Executor owner,
      Recovered recovered) {
    this.settings = settings;
    this.queue = queue;
    this.board = board;
    this.algorithms = algorithms;
    this.verifier = verifier;
    this.events = events;
    this.clock = clock;
    this.journal = durability.journal();
    this.supply = durability.supply();
    this.owner = task -> owner.execute(() -> runAndPublish(task));
    this.recovered = recovered;
    Function<String, Optional<JobSource>> sourceOf = name -> Optional.ofNullable(sources.get(name));
    Verdicts verdicts = new Verdicts(journal);
    assigner =
        new Assigner(
            settings,
            queue,
            board,
            leases,
            targets,
            verifier,
            journal,
            supply,
            clock,
            this::nextVariant);
    held = new HeldUnits(settings, queue, board, leases, assigner, verdicts, events, clock);
    blocks =
        new BlockDesk(ledger, journal, durability.spool(), events, clock, this.owner, sourceOf);
    intake =
        new ShareIntake(
            algorithms,
            board,
            leases,
            ledger,
            verifier,
            journal,
            verdicts,
            blocks,
            settings,
            events,
            clock,
            this.owner,
            sourceOf);
    restore();
  }

  /** What one task changed belongs together, even if the task fails half-way. */
  private void runAndPublish(Runnable task) {
    try {
      task.run();
    } finally {
      journal.taskEnded();
    }
  }

  private void restore() {
    Map<String, Job> jobs = new HashMap<>();
    for (Recovered.KeptJob kept : recovered.jobs()) {
      jobs.put(kept.view().job().id(), kept.view().job());
      if (kept.view().state() == JobState.ACTIVE) {
        journal.knows(kept.view().job().id());
      }
    }
    for (Recovered.KeptLease kept : recovered.leases()) {
      Job job = jobs.get(kept.jobId());
      if (job != null) {
        leases.add(
            kept.ref(),
            new Leases.Terms(kept.peer(), job, kept.range(), kept.shareTarget(), kept.settledBy()));
      }
    }
    for (Recovered.CreditedNonce credited : recovered.credited()) {
      intake.restore(credited.jobId(), credited.nonce(), credited.peer(), credited.resultId());
    }
    recovered.blocks().forEach(blocks::restore);
    Instant until = clock.instant().plus(settings.reconnectGrace()).plus(RESTART_GRACE);
    for (WorkUnit unit : recovered.units()) {
      PeerId peer = unit.peer();
      if (peer != null && unit.state().isLeased()) {
        awaited.put(peer, until);
        queue.extend(unit.ref(), until);
      }
    }
  }

  /** Adds a source and starts it. */
  public void addSource(JobSource source) {
    owner.execute(
        () -> {
          sources.put(source.name(), source);
          resume(source);
          source.start(this);
        });
  }

  /** Every source has been added: the jobs of others are nobody's. */
  public void allSourcesAdded() {
    owner.execute(
        () -> {
          for (String source : board.activeSources()) {
            if (!sources.containsKey(source)) {
              jobsGone(source, "the source " + source + " is not configured any more");
            }
          }
        });
  }

  private void resume(JobSource source) {
    for (Recovered.KeptJob kept : recovered.jobs()) {
      Job job = kept.view().job();
      if (!job.source().equals(source.name()) || kept.view().state() != JobState.ACTIVE) {
        continue;
      }
      switch (source.resume(job, kept.keepsake())) {
        case AS_BEFORE -> prepareToVerify(job);
        case UNITS_IN_HAND -> {
          board.finishUnitsInHand(job);
          queue.cancelPending(job.id(), clock.instant());
          prepareToVerify(job);
        }
        case OBSOLETE -> {
          board.end(job, JobState.CANCELLED, clock.instant());
          cancel(List.of(job), CancelReason.OBSOLETE);
        }
      }
    }
    blocks.resubmit(source);
  }

  /** Looks after what only time brings: lost leases, workers that did not come back. */
  public void tick() {
    owner.execute(this::checkTime);
  }

  // ---------------------------------------------------------------- what sources tell

  @Override
  public void jobArrived(Job job, Replacement replacement) {
    owner.execute(() -> takeJob(job, replacement));
  }

  @Override
  public void jobsWithdrawn(String source, String reason) {
    owner.execute(() -> jobsGone(source, reason));
  }

  private void jobsGone(String source, String reason) {
    List<Job> ended = board.withdraw(source, reason, clock.instant());
    cancel(ended, CancelReason.JOB_ENDED);
    events.jobsWithdrawn(source, reason);
    topUpAll();
  }

  private void takeJob(Job job, Replacement replacement) {
    List<Job> current = board.currentInTurn();
    List<Job> ended = board.put(job, replacement, clock.instant());
    for (Job former : current) {
      if (former.source().equals(job.source())) {
        queue.cancelPending(former.id(), clock.instant());
      }
    }
    cancel(ended, CancelReason.OBSOLETE);
    record(job);
    events.jobArrived(job);
    prepareToVerify(job);
    topUpAll();
  }

  private void record(Job job) {
    Bytes keepsake =
        Optional.ofNullable(sources.get(job.source()))
            .map(source -> source.keepsake(job))
            .orElse(Bytes.EMPTY);
    board.find(job.id()).ifPresent(view -> journal.jobArrived(view, keepsake));
  }

  private void prepareToVerify(Job job) {
    algorithms
        .find(job.algorithm())
        .ifPresent(
            algorithm -> {
              verifier.prepareAhead(algorithm, job.seedHash());
              if (!job.nextSeedHash().isEmpty()) {
                verifier.prepareAhead(algorithm, job.nextSeedHash());
              }
            });
  }

  private Optional<Job> nextVariant(Job exhausted) {
    JobSource source = sources.get(exhausted.source());
    Optional<Job> variant = source == null ? Optional.empty() : source.nextVariant(exhausted);
    variant.ifPresent(
        job -> {
          cancel(board.put(job, Replacement.REFRESH, clock.instant()), CancelReason.OBSOLETE);
          record(job);
          events.jobArrived(job);
        });
    return variant;
  }

  private void cancel(List<Job> jobs, CancelReason reason) {
    Map<PeerId, List<UnitRef>> byPeer = new LinkedHashMap<>();
    for (Job job : jobs) {
      for (WorkUnit unit : queue.cancelJob(job.id(), clock.instant())) {
        events.unitChanged(unit);
        PeerId peer = unit.peer();
        if (peer != null && !assigner.isUntold(unit.ref())) {
          byPeer.computeIfAbsent(peer, p -> new ArrayList<>()).add(unit.ref());
        }
      }
    }
    byPeer.forEach(
        (peer, units) -> {
          Worker worker = workers.get(peer);
          if (worker != null) {
            worker.cancel(units, reason);
          }
        });
  }

  // ---------------------------------------------------------------- what workers tell

  @Override
  public void peerReady(WorkerProfile profile, PeerLink link) {
    owner.execute(
        () -> {
          awaited.remove(profile.peer());
          Worker worker = workers.get(profile.peer());
          if (worker == null) {
            makeRoom();
            workers.put(profile.peer(), new Worker(profile, link));
            connected++;
          } else {
            connected += worker.link() == null ? 1 : 0;
            worker.connected(profile, link);
          }
        });
  }

  /** Forgets a worker that is gone when there are too many; those connected are never forgotten. */
  private void makeRoom() {
    if (workers.size() < MAX_WORKERS) {
      return;
    }
    workers.values().stream()
        .filter(worker -> worker.link() == null)
        .findFirst()
        .ifPresent(
            gone -> {
              held.takeBack(gone.peer());
              assigner.forget(gone);
              workers.remove(gone.peer());
            });
  }

  @Override
  public void depthRequested(PeerId peer, int depth, List<UnitRef> inHand) {
    withWorker(
        peer,
        worker -> {
          if (worker.requests(depth)) {
            held.reconcile(worker, Set.copyOf(inHand));
          }
          topUp(worker);
        });
  }

  @Override
  public void progress(PeerId peer, UnitRef ref, long searched, double hashesPerSecond) {
    withWorker(peer, worker -> held.progress(worker, ref, searched, hashesPerSecond));
  }

  @Override
  public void rateReported(PeerId peer, double hashesPerSecond) {
    withWorker(peer, worker -> worker.measured(hashesPerSecond));
  }

  @Override
  public void result(PeerId peer, WorkResult result) {
    withWorker(
        peer,
        worker -> {
          if (journal.isFull() || !supply.canRecord()) {
            refuse(worker);
            return;
          }
          Rejection known = worker.rejection(result.resultId());
          if (known != null) {
            Verdict again = new Verdict.Rejected(known);
            journal.whenDurable(() -> worker.acknowledge(result.resultId(), again));
            return;
          }
          switch (result) {
            case WorkResult.ShareFound share -> intake.take(worker, share);
            case WorkResult.RangeCompleted completed -> {
              held.complete(worker, completed);
              topUp(worker);
            }
            case WorkResult.RangeFailed failed -> {
              held.fail(worker, failed);
              topUp(worker);
              feedHungry();
            }
          }
        });
  }

  /** The worker keeps the result, and everything after it, and sends them again when it is back. */
  private static void refuse(Worker worker) {
    PeerLink link = worker.link();
    if (link != null) {
      link.disconnectBusy("the database does not keep up with the results");
    }
  }

  @Override
  public void peerGone(PeerId peer, PeerLink link, boolean returning) {
    withWorker(
        peer,
        worker -> {
          if (!worker.isLinkedBy(link)) {
            return;
          }
          worker.disconnected(clock.instant());
          assigner.forget(worker);
          connected--;
          if (!returning && held.takeBack(peer)) {
            feedHungry();
          }
        });
  }

  // ---------------------------------------------------------------- what time brings

  private void checkTime() {
    Instant now = clock.instant();
    boolean freed = endExpired(now) | endAwaited(now);
    for (Worker worker : List.copyOf(workers.values())) {
      freed |= worker.endsPause(now);
      Instant goneAt = worker.goneAt();
      if (goneAt == null) {
        continue;
      }
      if (!goneAt.plus(settings.reconnectGrace()).isAfter(now)) {
        freed |= held.takeBack(worker.peer());
      }
      if (!goneAt.plus(WORKER_RETENTION).isAfter(now)) {
        workers.remove(worker.peer());
      }
    }
    boolean canLease = assigner.canLease();
    if (freed || (canLease && !couldLease)) {
      feedHungry();
    }
    couldLease = canLease;
  }

  /** A lease that its worker was not told of has not begun. */
  private boolean endExpired(Instant now) {
    boolean freed = false;
    for (WorkUnit unit : queue.expired(now)) {
      if (assigner.isUntold(unit.ref())) {
        continue;
      }
      held.release(unit.ref(), LeaseEnding.EXPIRED, 0);
      PeerId peer = unit.peer();
      Worker worker = peer == null ? null : workers.get(peer);
      if (worker != null) {
        worker.stumbled(now);
        worker.cancel(List.of(unit.ref()), CancelReason.LEASE_LOST);
      }
      freed = true;
    }
    return freed;
  }

  private boolean endAwaited(Instant now) {
    boolean freed = false;
    for (PeerId peer : List.copyOf(awaited.keySet())) {
      if (!now.isBefore(awaited.getOrDefault(peer, now))) {
        awaited.remove(peer);
        freed |= held.takeBack(peer);
      }
    }
    return freed;
  }

  // ---------------------------------------------------------------- common steps

  private interface WorkerTask {
    void with(Worker worker);
  }

  private void withWorker(PeerId peer, WorkerTask task) {
    owner.execute(
        () -> {
          Worker worker = workers.get(peer);
          if (worker != null) {
            task.with(worker);
          }
        });
  }

  /** There is another job, or none any more: everybody is concerned. */
  private void topUpAll() {
    workers.values().forEach(this::topUp);
  }

  /** Something waits for a worker again: only those are concerned that have too little. */
  private void feedHungry() {
    assigner.hungry().forEach(this::topUp);
  }

  private void topUp(Worker worker) {
    assigner.topUp(worker, Math.max(1, connected)).forEach(events::unitChanged);
  }
}
