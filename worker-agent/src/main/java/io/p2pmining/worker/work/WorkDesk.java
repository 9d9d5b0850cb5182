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
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.miner.HashRates;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.PauseReason;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

  /** Progress comes at least this often within a lease. */
  private static final int SIGNS_PER_LEASE = 3;

  private static final Duration RATE_WINDOW = Duration.ofSeconds(10);

  /** One sample a second, for rates over up to a minute. */
  private static final int RATE_SAMPLES = 61;

  private final DeskPolicy policy;
  private final InstantSource clock;
  private final AlgorithmCatalog catalog;
  private final WorkLog log;
  private final UnitTasks tasks;
  private final Results results;
  private final Outbox outbox;
  private final UnitBook units = new UnitBook();
  private final Setback setback = new Setback();
  private final ShareCounts shares = new ShareCounts();
  private final SeedWatch seeds;
  private final Miner miner;
  private final HashRates rates;
  private final Brake brake;

  private @Nullable MasterLink link;
  private @Nullable NodeId master;
  private @Nullable Instant awaySince;
  private @Nullable NoWork noWork;
  private @Nullable PowAlgorithm algorithm;
  private int depth = DEPTH;
  private boolean closed;
  private Instant lastProgress = Instant.EPOCH;

  /**
   * A desk with a miner of its own, which waits for units.
   *
   * @param capabilities what to tell the master when it changes
   */
  public WorkDesk(
      DeskPolicy policy,
      MinerSettings minerSettings,
      AlgorithmCatalog catalog,
      Supplier<Capabilities> capabilities,
      InstantSource clock) {
    this.policy = policy;
    this.clock = clock;
    this.catalog = catalog;
    this.log = new WorkLog(clock);
    this.tasks = new UnitTasks(catalog);
    this.results = new Results(clock);
    this.outbox = new Outbox(policy.outboxCapacity());
    this.seeds = new SeedWatch(catalog, () -> tell(capabilities.get()), log);
    this.miner = Miner.start(minerSettings, new MinerEvents(this, seeds));
    miner.setThrottle(policy.throttlePercent());
    this.rates = new HashRates(miner, System::nanoTime, RATE_SAMPLES);
    this.brake = new Brake(miner);
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
    try {
      LeasedUnit leased = tasks.leased(unit);
      units.add(leased);
      algorithm = leased.task().seed().algorithm();
      miner.submit(leased.task());
      tasks.nextSeed(unit.getJob()).ifPresent(miner::expectSeed);
    } catch (IllegalArgumentException e) {
      giveBack(ref, unit.getJob().getJobId(), 0, String.valueOf(e.getMessage()));
    }
  }

  /** The master has taken a result over. */
  public synchronized void acknowledge(WorkunitAck ack) {
    WorkunitResult result = outbox.remove(ack.getResultId());
    if (result == null) {
      return; // acknowledged before
    }
    if (result.hasShare()) {
      shares.judged(ack);
      log.shareJudged(result, ack);
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
      miner.cancel(unit.task());
    }
  }

  // What the miner's threads call.

  synchronized void shareFound(MiningTask task, long nonce, byte[] hash) {
    LeasedUnit unit = units.unitOf(task);
    if (unit == null) {
      return; // of a former master
    }
    shares.found();
    post(results.share(unit, nonce, hash));
  }

  synchronized void rangeCompleted(MiningTask task, long searched, Duration elapsed) {
    LeasedUnit unit = units.end(task);
    if (unit == null) {
      return; // cancelled meanwhile
    }
    if (setback.overcome()) {
      log.recovered();
    }
    post(results.completed(unit, searched, elapsed));
  }

  synchronized void rangeFailed(MiningTask task, long searched, String reason) {
    LeasedUnit unit = units.end(task);
    if (unit != null) {
      giveBack(unit.ref(), unit.jobId(), searched, reason);
    }
  }

  private void giveBack(UnitRef ref, String jobId, long searched, String reason) {
    Duration wait = setback.happened(reason, clock.instant());
    log.cannotSearch(ref, reason, wait);
    request();
    post(results.failed(ref, jobId, searched, reason));
  }

  private void post(WorkunitResult result) {
    outbox.add(result);
    tell(result);
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
    if (!now.isBefore(lastProgress.plus(progressInterval()))) {
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

  private Duration progressInterval() {
    return units.inHand().stream()
        .map(unit -> unit.leaseTime().dividedBy(SIGNS_PER_LEASE))
        .reduce(policy.progressInterval(), (a, b) -> a.compareTo(b) < 0 ? a : b);
  }

  /** Prefetched units are reported too: it is what keeps their leases. */
  private void reportProgress(Instant now) {
    lastProgress = now;
    double rate = rates.total(RATE_WINDOW);
    for (LeasedUnit unit : units.inHand()) {
      tell(
          WorkunitProgress.newBuilder()
              .setUnitId(unit.ref().unitId())
              .setLease(unit.ref().lease())
              .setSearched(miner.searched(unit.task()).orElse(0))
              .setHashesPerSecond(rate)
              .build());
    }
    if (algorithm != null && miner.state() == MinerState.MINING && rate > 0) {
      catalog.learnRate(algorithm, rate);
    }
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
        state == MinerState.MINING ? null : idleReason(state),
        setback.reason());
  }

  private String idleReason(MinerState state) {
    String preparing = seeds.progress();
    if (state == MinerState.PREPARING && preparing != null) {
      return preparing;
    }
    if (state == MinerState.PAUSED) {
      Stream<String> ofOwner =
          miner.pauseReasons().stream()
              .filter(reason -> reason != PauseReason.NO_WORK)
              .map(PauseReason::sentence);
      return Stream.concat(ofOwner, brake.reasons().stream().map(Brake.Reason::sentence))
          .sorted()
          .collect(Collectors.joining("; "));
    }
    if (setback.reason() != null) {
      return setback.reason();
    }
    if (link == null) {
      return "not connected to a master";
    }
    return noWork == null ? "waiting for work" : WorkLog.sentence(noWork);
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

  public int threadCount() {
    return miner.threadCount();
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
    miner.close();
  }
}
