package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.PeerEvents;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.PeerLink;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The one place where workers, jobs and units meet. Every event becomes a task on one serial
 * executor, the owner of all state here; callers only hand over and return at once.
 *
 * <p>A job that a new tip makes worthless is cancelled and replaced by push, for all workers in one
 * task. A lost lease gives back what has not been searched. A share is judged by {@link
 * ShareIntake}, who gets a unit and how large it is by {@link Assigner}.
 */
public final class Dispatcher implements PeerEvents, JobListener {

  /** How long a worker that is gone may send a result again and get the same verdict. */
  private static final Duration VERDICT_RETENTION = Duration.ofHours(1);

  /** Workers that are remembered, unless even more are connected. */
  private static final int MAX_WORKERS = 10_000;

  private final WorkSettings settings;
  private final WorkQueue queue;
  private final JobBoard board;
  private final PowAlgorithms algorithms;
  private final Verifier verifier;
  private final WorkEvents events;
  private final Oversight oversight;
  private final Clock clock;
  private final Executor owner;
  private final Map<String, JobSource> sources = new LinkedHashMap<>();
  private final Map<PeerId, Worker> workers = new LinkedHashMap<>();
  private final Throughput throughput = new Throughput(workers.values());
  private final Assigner assigner;
  private final HeldUnits held;
  private final ShareIntake intake;
  private int connected;

  /**
   * A dispatcher without sources.
   *
   * @param owner runs tasks one after the other in the order in which they come
   */
  public Dispatcher(
      WorkSettings settings,
      WorkQueue queue,
      JobBoard board,
      ShareLedger ledger,
      ShareTargetPolicy targets,
      PowAlgorithms algorithms,
      Verifier verifier,
      WorkEvents events,
      Oversight oversight,
      Clock clock,
      Executor owner) {
    this.settings = settings;
    this.queue = queue;
    this.board = board;
    this.algorithms = algorithms;
    this.verifier = verifier;
    this.events = events;
    this.oversight = oversight;
    this.clock = clock;
    this.owner = owner;
    Leases leases = new Leases();
    assigner =
        new Assigner(
            settings,
            queue,
            board,
            leases,
            targets,
            verifier,
            clock,
            this::nextVariant,
            oversight,
            throughput);
    held = new HeldUnits(settings, queue, board, assigner, events, oversight, clock);
    intake =
        new ShareIntake(
            algorithms,
            board,
            leases,
            ledger,
            verifier,
            settings,
            events,
            oversight,
            clock,
            owner,
            name -> Optional.ofNullable(sources.get(name)));
    oversight.standings().listen((peer, standing) -> applyStanding(peer, standing.state()));
  }

  /** Adds a source and starts it. */
  public void addSource(JobSource source) {
    owner.execute(
        () -> {
          sources.put(source.name(), source);
          source.start(this);
        });
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
    owner.execute(
        () -> {
          List<Job> ended = board.withdraw(source, reason, clock.instant());
          cancel(ended, CancelReason.JOB_ENDED);
          events.jobsWithdrawn(source, reason);
          topUpAll();
        });
  }

  private void takeJob(Job job, Replacement replacement) {
    List<Job> current = board.current();
    List<Job> ended = board.put(job, replacement, clock.instant());
    for (Job former : current) {
      if (former.source().equals(job.source())) {
        queue.cancelPending(former.id(), clock.instant());
      }
    }
    cancel(ended, CancelReason.OBSOLETE);
    events.jobArrived(job);
    prepareToVerify(job);
    topUpAll();
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
          events.jobArrived(job);
        });
    return variant;
  }

  private void cancel(List<Job> jobs, CancelReason reason) {
    Map<PeerId, List<UnitRef>> byPeer = new LinkedHashMap<>();
    for (Job job : jobs) {
      for (WorkUnit unit : queue.cancelJob(job.id(), clock.instant())) {
        queue.find(unit.id()).ifPresent(events::unitChanged);
        PeerId peer = unit.peer();
        if (peer != null) {
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
          Worker worker = workers.get(profile.peer());
          if (worker == null) {
            makeRoom();
            worker = new Worker(profile, link);
            workers.put(profile.peer(), worker);
            connected++;
            throughput.joined(worker);
          } else {
            connected += worker.link() == null ? 1 : 0;
            worker.connected(profile, link);
            throughput.refresh();
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
              held.takeBack(gone);
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
          Verdict known = worker.verdict(result.resultId());
          if (known != null) {
            worker.acknowledge(result.resultId(), known);
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
              topUpAll();
            }
          }
        });
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
          connected--;
          if (!returning) {
            held.takeBack(worker);
            topUpAll();
          }
        });
  }

  // ---------------------------------------------------------------- what operators decide

  private void applyStanding(PeerId peer, ServiceState state) {
    withWorker(
        peer,
        worker -> {
          if (state == ServiceState.QUARANTINED && held.withdraw(worker)) {
            topUpAll();
          } else {
            topUp(worker);
          }
        });
  }

  // ---------------------------------------------------------------- what time brings

  private void checkTime() {
    Instant now = clock.instant();
    oversight.checkTime();
    intake.recheck();
    throughput.refresh();
    boolean freed = false;
    for (WorkUnit unit : queue.expired(now)) {
      held.release(unit.ref());
      PeerId peer = unit.peer();
      Worker worker = peer == null ? null : workers.get(peer);
      if (worker != null) {
        worker.stumbled(now);
        worker.cancel(List.of(unit.ref()), CancelReason.LEASE_LOST);
      }
      freed = true;
    }
    for (Worker worker : List.copyOf(workers.values())) {
      freed |= worker.endsPause(now);
      Instant goneAt = worker.goneAt();
      if (goneAt == null) {
        continue;
      }
      if (!goneAt.plus(settings.reconnectGrace()).isAfter(now)) {
        freed |= held.takeBack(worker);
      }
      if (!goneAt.plus(VERDICT_RETENTION).isAfter(now)) {
        workers.remove(worker.peer());
      }
    }
    if (freed) {
      topUpAll();
    }
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

  private void topUpAll() {
    workers.values().forEach(this::topUp);
  }

  private void topUp(Worker worker) {
    assigner.topUp(worker, Math.max(1, connected)).forEach(events::unitChanged);
  }
}
