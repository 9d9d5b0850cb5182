package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.StandingOrders;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Recovered;
import io.p2pmining.master.store.Supply;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one place where workers, jobs and units meet. Every event becomes a task on one serial
 * executor, the owner of all state here; callers only hand over and return at once.
 *
 * <p>A job that a new tip makes worthless is cancelled for all workers in one task; {@link Feeder}
 * gives others in its place, of both of which a worker hears at once. A lost lease gives back what
 * has not been searched. A share is judged by {@link ShareIntake}, who gets a unit and how large it
 * is by {@link Assigner}.
 */
public final class Dispatcher implements PeerEvents, JobListener {

  /** How long a worker that is gone is remembered with its speed and its rejected results. */
  private static final Duration WORKER_RETENTION = Duration.ofHours(1);

  /**
   * How long a worker waits for the end of its units while what takes their place is not durable.
   */
  private static final Duration MAX_CANCEL_DELAY = Duration.ofSeconds(1);

  /** Workers that are remembered, unless even more are connected. */
  private static final int MAX_WORKERS = 10_000;

  private final Supplier<WorkSettings> settings;
  private final WorkQueue queue;
  private final JobBoard board;
  private final WorkEvents events;
  private final Oversight oversight;
  private final Clock clock;
  private final Executor owner;
  private final Map<String, JobSource> sources = new LinkedHashMap<>();
  private final Map<PeerId, Worker> workers = new LinkedHashMap<>();
  private final Journal journal;
  private final Supply supply;
  private final Leases leases = new Leases();
  private final Throughput throughput = new Throughput(workers.values());
  private final Redos redos;
  private final RedoDesk redoDesk;
  private final Assigner assigner;
  private final Feeder feeder;
  private final HeldUnits held;
  private final BlockDesk blocks;
  private final ShareIntake intake;
  private final JobDesk jobs;
  private final PostingDesk postings;
  private final StandingDesk standingOrders;
  private final Predecessor predecessor;
  private int connected;
  private boolean couldLease = true;

  /** When what the task does that runs was asked for. */
  private Instant taskCame = Instant.EPOCH;

  /**
   * A dispatcher without sources, which goes on where an earlier process ended.
   *
   * @param traces begins the traces of jobs and follows them
   * @param owner runs tasks one after the other in the order in which they come
   * @param recovered what is left of the earlier process; the queue and the board have it already
   */
  public Dispatcher(
      Supplier<WorkSettings> settings,
      WorkQueue queue,
      JobBoard board,
      ShareLedger ledger,
      ShareTargetPolicy targets,
      PowAlgorithms algorithms,
      Verifier verifier,
      Durability durability,
      WorkEvents events,
      WorkTraces traces,
      Oversight oversight,
      Clock clock,
      Executor owner,
      Recovered recovered) {
    this.settings = settings;
    this.queue = queue;
    this.board = board;
    this.events = events;
    this.oversight = oversight;
    this.clock = clock;
    this.journal = durability.journal();
    this.supply = durability.supply();
    this.owner =
        task -> {
          Instant came = clock.instant();
          owner.execute(() -> runAndPublish(task, came));
        };
    Function<String, Optional<JobSource>> sourceOf = name -> Optional.ofNullable(sources.get(name));
    redos = new Redos(oversight, workers.values());
    redoDesk =
        new RedoDesk(
            algorithms, verifier, oversight, journal, events, clock, this.owner, this::doubt);
    jobs =
        new JobDesk(
            queue,
            board,
            algorithms,
            verifier,
            journal,
            events,
            traces,
            clock,
            redos,
            sourceOf,
            this::cancelWithNext);
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
            jobs::nextVariant,
            oversight,
            redos,
            throughput,
            events,
            traces);
    feeder =
        new Feeder(
            settings, assigner, durability, events, this.owner, () -> connected, () -> taskCame);
    DurableWishes wishes = new DurableWishes(durability, this.owner);
    postings = new PostingDesk(settings, queue, board, jobs, wishes, clock, feeder::topUpAll);
    standingOrders = new StandingDesk(oversight.standings(), wishes);
    predecessor = new Predecessor(recovered, settings, queue, jobs, journal, clock);
    Verdicts verdicts = new Verdicts(journal, events, clock);
    held =
        new HeldUnits(
            settings, queue, board, leases, assigner, verdicts, events, oversight, redos, redoDesk,
            clock);
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
            oversight,
            redos,
            clock,
            this.owner,
            sourceOf);
    predecessor.restore(leases, intake, blocks);
    oversight.standings().listen((peer, standing) -> applyStanding(peer, standing.state()));
    addSource(new PostedSource());
  }

  /** What one task changed belongs together, even if the task fails half-way. */
  private void runAndPublish(Runnable task, Instant came) {
    taskCame = came;
    try {
      task.run();
      while (jobs.endDue()) {
        feeder.topUpAll();
      }
    } finally {
      journal.taskEnded();
    }
  }

  /** Takes what clients want to be searched. */
  public Postings postings() {
    return postings;
  }

  /** Takes operators' decisions on who gets work. */
  public StandingOrders standingOrders() {
    return standingOrders;
  }

  /** Adds a source and starts it. */
  public void addSource(JobSource source) {
    owner.execute(
        () -> {
          sources.put(source.name(), source);
          predecessor.handOver(source);
          blocks.resubmit(source, predecessor.jobsOf(source));
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

  /** Looks after what only time brings: lost leases, workers that did not come back. */
  public void tick() {
    owner.execute(this::checkTime);
  }

  // ---------------------------------------------------------------- what sources tell

  @Override
  public void jobArrived(Job job, Replacement replacement) {
    owner.execute(
        () -> {
          jobs.take(job, replacement);
          boolean matters = replacement == Replacement.NEW_TIP && connected > 0;
          Instant came = taskCame;
          feeder.topUpAll(
              () -> {
                if (matters) {
                  journal.whenDurable(
                      () -> events.jobSpread(job, Duration.between(came, clock.instant())));
                }
              });
        });
  }

  @Override
  public void jobsWithdrawn(String source, String reason) {
    owner.execute(() -> jobsGone(source, reason));
  }

  private void jobsGone(String source, String reason) {
    jobs.withdraw(source, reason);
    feeder.topUpAll();
  }

  // ---------------------------------------------------------------- what workers tell

  @Override
  public void peerReady(WorkerProfile profile, PeerLink link) {
    owner.execute(
        () -> {
          predecessor.isBack(profile.peer());
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
          feeder.topUp(worker);
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
            worker.refuse("the database does not keep up with the results");
            return;
          }
          Rejection known = worker.rejection(result.resultId());
          if (known != null) {
            Verdict again = new Verdict.Rejected(known);
            journal.whenDurable(() -> worker.acknowledge(result.resultId(), again));
            return;
          }
          worker.openResults().received(result.resultId(), taskCame);
          switch (result) {
            case WorkResult.ShareFound share -> intake.take(worker, share);
            case WorkResult.RangeCompleted completed -> {
              held.complete(worker, completed);
              feeder.topUp(worker);
            }
            case WorkResult.RangeFailed failed -> {
              held.fail(worker, failed);
              feeder.topUp(worker);
              feeder.feedHungry();
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
          assigner.forget(worker);
          connected--;
          if (!returning && held.takeBack(peer)) {
            feeder.feedHungry();
          }
        });
  }

  // ---------------------------------------------------------------- what operators decide

  private void applyStanding(PeerId peer, ServiceState state) {
    withWorker(
        peer,
        worker -> {
          boolean freed = state == ServiceState.QUARANTINED && held.withdraw(worker);
          feeder.topUp(worker);
          if (freed) {
            feeder.feedHungry();
          }
        });
  }

  // ---------------------------------------------------------------- what time brings

  private void checkTime() {
    Instant now = clock.instant();
    oversight.checkTime();
    intake.recheck();
    redoDesk.settle();
    throughput.refresh();
    boolean freed = endExpired(now) | endAwaited(now) | redos.takeNews();
    for (Worker worker : List.copyOf(workers.values())) {
      freed |= worker.endsPause(now);
      freed |= worker.tellCancelledSince(now.minus(MAX_CANCEL_DELAY));
      Instant goneAt = worker.goneAt();
      if (goneAt == null) {
        continue;
      }
      if (!goneAt.plus(settings.get().reconnectGrace()).isAfter(now)) {
        freed |= held.takeBack(worker.peer());
      }
      if (!goneAt.plus(WORKER_RETENTION).isAfter(now)) {
        workers.remove(worker.peer());
      }
    }
    boolean canLease = assigner.canLease();
    if (freed || (canLease && !couldLease)) {
      feeder.feedHungry();
    }
    couldLease = canLease;
  }

  /** A lease that its worker was not told of has not begun. */
  private boolean endExpired(Instant now) {
    boolean freed = false;
    for (Redo.Second second : redos.dropOverdue(now, assigner::isUntold)) {
      tellLost(second.peer(), second.ref(), now);
    }
    for (WorkUnit unit : queue.expired(now)) {
      if (assigner.isUntold(unit.ref())) {
        continue;
      }
      held.release(unit.ref(), LeaseEnding.EXPIRED, 0);
      tellLost(unit.peer(), unit.ref(), now);
      freed = true;
    }
    return freed;
  }

  /** It may be that nobody of this name is known any more. */
  private void tellLost(@Nullable PeerId peer, UnitRef ref, Instant now) {
    Worker worker = peer == null ? null : workers.get(peer);
    if (worker != null) {
      worker.stumbled(now);
      worker.cancel(List.of(ref), CancelReason.LEASE_LOST);
      feeder.topUp(worker);
    }
  }

  private boolean endAwaited(Instant now) {
    boolean freed = false;
    for (PeerId peer : predecessor.givenUp(now)) {
      freed |= held.takeBack(peer);
    }
    return freed;
  }

  private void doubt(PeerId peer) {
    intake.doubt(peer);
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

  /** Of a lease that was never told nothing needs to be taken back. */
  private void cancelWithNext(PeerId peer, UnitRef unit, CancelReason reason) {
    Worker worker = workers.get(peer);
    if (worker == null) {
      return;
    }
    assigner.lacks(worker);
    if (!assigner.isUntold(unit)) {
      worker.cancelWithNext(unit, reason, clock.instant());
    }
  }
}
