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
 * <p>A job that a new tip makes worthless is cancelled for all workers in one task, and replaced by
 * push for many in each of the next. A lost lease gives back what has not been searched. A share is
 * judged by {@link ShareIntake}, who gets a unit and how large it is by {@link Assigner}.
 */
public final class Dispatcher implements PeerEvents, JobListener {

  /** How long a worker that is gone is remembered with its speed and its rejected results. */
  private static final Duration WORKER_RETENTION = Duration.ofHours(1);

  /** Workers that get their first unit of another job in one task. */
  private static final int FIRST_PORTION = 1000;

  /** Workers that are fed in one task once all have something to do. */
  private static final int PORTION = 500;

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
            this::tellCancelled);
    DurableWishes wishes = new DurableWishes(durability, this.owner);
    postings = new PostingDesk(settings, queue, board, jobs, wishes, clock, this::topUpAll);
    standingOrders = new StandingDesk(oversight.standings(), wishes);
    predecessor = new Predecessor(recovered, settings, queue, jobs, journal, clock);
    Verdicts verdicts = new Verdicts(journal, events, clock);
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
        topUpAll();
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
          topUpAll(
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
    topUpAll();
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
    redoDesk.settle();
    throughput.refresh();
    boolean freed = endExpired(now) | endAwaited(now) | redos.takeNews();
    for (Worker worker : List.copyOf(workers.values())) {
      freed |= worker.endsPause(now);
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
      feedHungry();
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
      topUp(worker);
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
  private void tellCancelled(PeerId peer, List<UnitRef> units, CancelReason reason) {
    Worker worker = workers.get(peer);
    List<UnitRef> known = units.stream().filter(ref -> !assigner.isUntold(ref)).toList();
    if (worker != null && !known.isEmpty()) {
      worker.cancel(known, reason);
    }
  }

  /**
   * There is another job, or none any more: everybody is concerned. Each gets one unit at once, and
   * what is to lie ready beside it when those are on their way.
   */
  private void topUpAll() {
    topUpAll(() -> {});
  }

  private void topUpAll(Runnable then) {
    topUpFirst(List.copyOf(workers.values()), taskCame, then);
  }

  /**
   * So many in a task that the first are told of their units while those of others are being cut.
   */
  private void topUpFirst(List<Worker> some, Instant since, Runnable then) {
    int portion = Math.min(some.size(), FIRST_PORTION);
    some.subList(0, portion).forEach(worker -> topUp(worker, 1, since));
    if (portion < some.size()) {
      List<Worker> others = some.subList(portion, some.size());
      owner.execute(() -> topUpFirst(others, since, then));
      return;
    }
    then.run();
    List<Worker> rest = assigner.hungry();
    if (!rest.isEmpty()) {
      feedOnceDurable(rest);
    }
  }

  private void feedOnceDurable(List<Worker> some) {
    journal.whenDurable(() -> owner.execute(() -> feed(some)));
  }

  /** So many at a time that results do not wait long for the database. */
  private void feed(List<Worker> some) {
    int portion = Math.min(some.size(), PORTION);
    some.subList(0, portion).forEach(this::topUp);
    if (portion < some.size()) {
      feedOnceDurable(some.subList(portion, some.size()));
    }
  }

  /** Something waits for a worker again: only those are concerned that have too little. */
  private void feedHungry() {
    assigner.hungry().forEach(this::topUp);
  }

  private void topUp(Worker worker) {
    topUp(worker, settings.get().maxDepth(), taskCame);
  }

  private void topUp(Worker worker, int most, Instant since) {
    assigner.topUp(worker, most, Math.max(1, connected), since).forEach(events::unitChanged);
  }
}
