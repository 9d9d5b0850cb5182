package io.p2pmining.worker.work;

import com.google.protobuf.MessageLite;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AssignedUnit;
import io.p2pmining.common.wire.v1.CancelledUnit;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.miner.HashRates;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.PauseReason;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.tuning.FixedSettings;
import io.p2pmining.service.tracing.Spans;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.MiningChoice;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Between the master and the miner: units go in to be searched, results go out and are kept until
 * the master has acknowledged them. A session {@link #attach attaches} itself when its handshake is
 * done and detaches itself when it ends; in between nothing is sent, but hashing goes on for the
 * grace period.
 *
 * <p>Safe for use by any thread: one lock guards everything, and nothing waits while it is held.
 * The miner is called under it, and calls back without a lock of its own.
 */
public final class WorkDesk implements AutoCloseable {

  /** The unit being searched and the next one; more where the master finds them short. */
  private static final int DEPTH = 8;

  /** One sample a second, for rates over up to a minute. */
  private static final int RATE_SAMPLES = 61;

  private final DeskPolicy policy;
  private final InstantSource clock;
  private final AlgorithmCatalog catalog;
  private final WorkLog log;
  private final UnitTasks tasks;
  private final Results results;
  private final Outbox outbox;
  private final Runnable resultChanged;
  private final UnitBook units = new UnitBook();
  private final Recovery recovery;
  private final Setback setback = new Setback();
  private final ShareCounts shares = new ShareCounts();
  private final UnitTraces traces;
  private final SeedWatch seeds;
  private final MiningTuning tuning;
  private final Supplier<Capabilities> capabilities;
  private final Miner miner;
  private final HashRates rates;
  private final Brake brake;
  private final ProgressReports progress;
  private final IdleReasons idleReasons;

  private @Nullable MasterLink link;
  private @Nullable NodeId master;
  private @Nullable Instant awaySince;
  private @Nullable NoWork noWork;
  private @Nullable PowAlgorithm algorithm;
  private int depth = DEPTH;
  private int usualThreads;
  private boolean closed;

  /**
   * A desk with a miner of its own, which waits for units.
   *
   * @param tuning how the miner comes to hash fastest; closed with the desk
   * @param capabilities what to tell the master when it changes
   * @param spans shows what is searched
   * @param resultChanged run whenever there is a new result, or one less; must return at once
   */
  public WorkDesk(
      DeskPolicy policy,
      MinerSettings minerSettings,
      AlgorithmCatalog catalog,
      MiningTuning tuning,
      Supplier<Capabilities> capabilities,
      Spans spans,
      InstantSource clock,
      Runnable resultChanged) {
    this.policy = policy;
    this.clock = clock;
    this.catalog = catalog;
    this.log = new WorkLog(clock);
    this.traces = new UnitTraces(spans, clock);
    this.tasks = new UnitTasks(catalog);
    this.results = new Results(clock);
    this.outbox = new Outbox(policy.outboxCapacity());
    this.resultChanged = resultChanged;
    this.recovery = new Recovery(units, outbox);
    this.tuning = tuning;
    this.capabilities = capabilities;
    this.usualThreads = minerSettings.threads();
    this.seeds = new SeedWatch(catalog, this::tellCapabilities, log);
    this.miner = Miner.start(minerSettings, new MinerEvents(this, seeds));
    miner.setThrottle(policy.throttlePercent());
    this.rates = new HashRates(miner, System::nanoTime, RATE_SAMPLES);
    this.brake = new Brake(miner);
    this.progress =
        new ProgressReports(
            units, miner, rates, catalog, this::tellCapabilities, policy.progressInterval());
    this.idleReasons = new IdleReasons(miner, seeds, brake, setback);
  }

  // What outlives this process.

  /**
   * Takes up what a former process of this worker had in hand, and searches on; to be called before
   * any session. The master hears of it with the first request, and cancels what is leased to
   * somebody else by now.
   */
  synchronized void resume(Checkpoint left) {
    if (left.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    master = left.master();
    awaySince = now;
    results.startAfter(left.results());
    List<SavedUnit> alive = recovery.resume(left, now);
    log.tookUp(alive.size(), left.results().size(), left.units().size() - alive.size());
    alive.forEach(saved -> search(saved.unit(), saved.searched()));
    pauseIfOutboxIsFull();
  }

  /** What is in hand now; no units once this is closed, as the goodbye gives them back. */
  synchronized Checkpoint checkpoint() {
    Instant now = clock.instant();
    return closed
        ? new Checkpoint(master, now, List.of(), outbox.pending())
        : recovery.take(master, unit -> miner.searched(unit.task()), now);
  }

  // What a session calls.

  /**
   * A session is ready: everything unacknowledged is sent again, and units are asked for.
   *
   * @param master who is at the other end
   * @param maxDepth how many units the master lets a worker hold
   */
  public synchronized void attach(MasterLink link, NodeId master, int maxDepth) {
    if (this.master != null && !this.master.equals(master)) {
      dropEverything();
    }
    this.link = link;
    this.master = master;
    this.depth = Math.min(DEPTH, maxDepth);
    this.awaySince = null;
    this.noWork = null;
    outbox.pending().forEach(link::send);
    request();
    reportProgress(clock.instant());
    if (brake.release(Brake.Reason.MASTER_AWAY)) {
      log.resumed();
    }
  }

  /** The units and results of one master mean nothing, or something else, to another one. */
  private void dropEverything() {
    log.otherMaster(units.inHand().size(), outbox.size());
    units.inHand().forEach(unit -> drop(unit.ref()));
    units.forgetEnded();
    outbox.clear();
    resultChanged.run();
    brake.release(Brake.Reason.OUTBOX_FULL);
  }

  /** A session has ended; without effect if another one is attached by now. */
  public synchronized void detach(MasterLink link) {
    if (this.link == link) {
      this.link = null;
      awaySince = clock.instant();
    }
  }

  /** New units, or why there are none. */
  public synchronized void assign(WorkunitAssign assign) {
    if (closed) {
      return; // crossed with the goodbye, which gives them back
    }
    if (assign.hasNoWork()) {
      if (!assign.getNoWork().equals(noWork)) {
        log.noWork(assign.getNoWork(), units.isEmpty());
      }
      noWork = assign.getNoWork();
      return;
    }
    if (noWork != null) {
      noWork = null;
      log.workAgain();
    }
    assign.getUnitsList().forEach(this::take);
  }

  private void take(AssignedUnit unit) {
    UnitRef ref = UnitRef.of(unit);
    if (units.holds(ref)) {
      return;
    }
    if (units.isFull()) {
      giveBack(ref, unit.getJob().getJobId(), 0, "too many units in hand");
      return;
    }
    search(unit, 0);
  }

  private void search(AssignedUnit unit, long searched) {
    try {
      LeasedUnit leased = tasks.leased(unit, searched);
      units.add(leased);
      traces.began(leased);
      algorithm = leased.task().seed().algorithm();
      miner.submit(leased.task());
      tasks.nextSeed(unit.getJob()).ifPresent(miner::expectSeed);
    } catch (IllegalArgumentException e) {
      giveBack(
          UnitRef.of(unit), unit.getJob().getJobId(), searched, String.valueOf(e.getMessage()));
    }
  }

  /** The master has taken a result over. */
  public synchronized void acknowledge(WorkunitAck ack) {
    WorkunitResult result = outbox.remove(ack.getResultId());
    if (result == null) {
      return; // acknowledged before
    }
    resultChanged.run();
    if (result.hasShare()) {
      shares.judged(ack);
      traces.within(UnitRef.of(result), () -> log.shareJudged(result, ack));
    }
    if (ack.getRejection() == WorkunitAck.Rejection.REJECTION_UNKNOWN_UNIT) {
      drop(UnitRef.of(result));
    }
    if (outbox.hasRoomAgain() && brake.release(Brake.Reason.OUTBOX_FULL)) {
      log.resumed();
    }
  }

  /** Units that are not to be searched any further. */
  public synchronized void cancel(WorkunitCancel cancel) {
    for (CancelledUnit unit : cancel.getUnitsList()) {
      drop(UnitRef.of(unit));
    }
  }

  private void drop(UnitRef ref) {
    LeasedUnit unit = units.end(ref);
    if (unit != null) {
      traces.ended(ref, "cancelled");
      miner.cancel(unit.task());
    }
  }

  // What the miner's threads call.

  /** On the preparing thread, before anything is hashed under the seed. */
  void seedPrepared(PreparedSeed seed) {
    tuning.prepared(miner, seed, this::tellCapabilities);
  }

  private void tellCapabilities() {
    tell(capabilities.get());
  }

  synchronized void shareFound(MiningTask task, long nonce, byte[] hash) {
    LeasedUnit unit = units.unitOf(task);
    if (unit == null || !recovery.isNews(unit, nonce)) {
      return; // of a former master, or found before this process began
    }
    shares.found();
    post(results.share(unit, nonce, hash));
  }

  synchronized void rangeCompleted(MiningTask task, long searched, Duration elapsed) {
    LeasedUnit unit = units.end(task);
    if (unit == null) {
      return; // cancelled meanwhile
    }
    traces.ended(unit.ref(), "completed");
    if (setback.overcome()) {
      log.recovered();
    }
    post(results.completed(unit, unit.searched(searched), elapsed));
  }

  synchronized void rangeFailed(MiningTask task, long searched, String reason) {
    LeasedUnit unit = units.end(task);
    if (unit != null) {
      giveBack(unit.ref(), unit.jobId(), unit.searched(searched), reason);
    }
  }

  private void giveBack(UnitRef ref, String jobId, long searched, String reason) {
    Duration wait = setback.happened(reason, clock.instant());
    traces.within(ref, () -> log.cannotSearch(ref, reason, wait));
    traces.ended(ref, "failed");
    request();
    post(results.failed(ref, jobId, searched, reason));
  }

  private void post(WorkunitResult result) {
    outbox.add(result);
    tell(result);
    resultChanged.run();
    pauseIfOutboxIsFull();
  }

  private void pauseIfOutboxIsFull() {
    if (outbox.isFull() && brake.pull(Brake.Reason.OUTBOX_FULL)) {
      log.paused(Brake.Reason.OUTBOX_FULL.sentence());
    }
  }

  // What a timer calls.

  /** To be called about once a second: progress, patience, and asking for work again. */
  public synchronized void tick() {
    Instant now = clock.instant();
    rates.sample();
    if (awaySince != null
        && !units.isEmpty()
        && !now.isBefore(awaySince.plus(policy.disconnectGrace()))
        && brake.pull(Brake.Reason.MASTER_AWAY)) {
      log.paused(Brake.Reason.MASTER_AWAY.sentence());
    }
    if (setback.isRetryDue(now)) {
      request();
    }
    if (progress.areDue(now)) {
      reportProgress(now);
    }
  }

  /**
   * Hashing waits, or goes on unless there is another reason to wait.
   *
   * @param reason a need of the machine's owner
   */
  void heed(PauseReason reason, boolean wait) {
    if (wait && miner.pause(reason)) {
      log.paused(reason.sentence());
    } else if (!wait && miner.resume(reason)) {
      log.resumed();
    }
  }

  /** For how much of the time each thread hashes from now on, 1 to 100 percent. */
  void setThrottle(int percent) {
    miner.setThrottle(percent);
  }

  /**
   * Hashes on other threads from now on; nothing stops for it.
   *
   * @param threads not more than {@link #threadCount()}
   * @param fixed what is set and not tuned from now on
   */
  void changeThreads(MiningChoice threads, FixedSettings fixed) {
    synchronized (this) {
      usualThreads = threads.threads();
    }
    tuning.changeThreads(miner, threads, fixed, this::tellCapabilities);
  }

  private void reportProgress(Instant now) {
    progress.take(now, algorithm).forEach(this::tell);
  }

  private void request() {
    WorkunitRequest.Builder request =
        WorkunitRequest.newBuilder().setDepth(setback.isWaiting() ? 0 : depth);
    Stream.concat(
            units.inHand().stream().map(LeasedUnit::ref),
            outbox.pending().stream().filter(result -> !result.hasShare()).map(UnitRef::of))
        .distinct()
        .limit(UnitBook.MAX_IN_HAND)
        .forEach(ref -> request.addHeld(ref.onWire()));
    tell(request.build());
  }

  private synchronized void tell(MessageLite message) {
    if (link != null) {
      link.send(message);
    }
  }

  // What anybody may ask.

  public synchronized DeskStatus status() {
    MinerState state = miner.state();
    return new DeskStatus(
        state,
        units.inHand().size(),
        outbox.size(),
        algorithm,
        state == MinerState.MINING ? null : idleReasons.of(state, link != null, noWork),
        setback.reason());
  }

  public ShareCounts shares() {
    return shares;
  }

  public SeedWatch seeds() {
    return seeds;
  }

  public HashRates rates() {
    return rates;
  }

  /** For how much of the time each thread hashes, in percent. */
  public int throttle() {
    return miner.throttle();
  }

  /** The number of threads, those included that stand by. */
  public int threadCount() {
    return miner.threadCount();
  }

  /** How many threads hash what is hashed now, or hashed anything last. */
  public synchronized int hashingThreads() {
    return algorithm == null ? usualThreads : catalog.threadsOf(algorithm).orElse(usualThreads);
  }

  public long totalHashes() {
    return miner.totalHashes();
  }

  /** Stops hashing for good, within about a second; what was found last is still sent. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    tuning.close();
    miner.close();
  }
}
