package io.p2pmining.master.simulation;

import static io.p2pmining.master.work.UnitState.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.master.dispatch.Dispatcher;
import io.p2pmining.master.dispatch.Durability;
import io.p2pmining.master.dispatch.Oversight;
import io.p2pmining.master.dispatch.ProgressLog;
import io.p2pmining.master.dispatch.WorkEvents;
import io.p2pmining.master.dispatch.WorkTraces;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareSettings;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.store.Lag;
import io.p2pmining.master.store.MemoryStore;
import io.p2pmining.master.store.Recovered;
import io.p2pmining.master.store.SteppedCommitter;
import io.p2pmining.master.store.Supply;
import io.p2pmining.master.trust.AuditSettings;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.trust.SamplingSettings;
import io.p2pmining.master.trust.Thresholds;
import io.p2pmining.master.trust.TrustSettings;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import io.p2pmining.service.tracing.UnrecordedSpans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A master and its workers in one thread and in simulated time; what happens follows from the seed
 * alone.
 */
final class Simulation implements AutoCloseable {

  static final Duration RECONNECT_GRACE = Duration.ofSeconds(10);

  private static final Duration STEP = Duration.ofMillis(100);
  private static final int STEPS_PER_SECOND = 10;
  private static final int MAX_DEPTH = 3;
  private static final int UNITS_CHECKED_EVERY_SECONDS = 7;

  /** One group in so many is written a step late. */
  private static final int LATE_COMMITS = 3;

  private final Random random;
  private final DrivenClock clock = new DrivenClock();
  private final PowAlgorithms algorithms = PowAlgorithms.load();
  private final PreparedSeed seed;
  private final Observer observer;
  private final MemoryStore store = new MemoryStore();
  private final MemorySpool spool = new MemorySpool();
  private final AtomicLong unitNumbers = new AtomicLong();
  private final AtomicLong leaseNumbers = new AtomicLong();
  private final AtomicLong findingNumbers = new AtomicLong();
  private final List<SimulatedSource> sources = new ArrayList<>();
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private final Faults faults;
  private boolean storeDown;
  private int crashes;
  private int steps;

  /** Submissions and delivered blocks that have been checked; both only grow. */
  private int blocksSeen;

  // The master, until it crashes.
  private SteppedExecutor owner = new SteppedExecutor();
  private SteppedVerifier verifier;
  private WorkQueue queue;
  private ShareLedger ledger;
  private SteppedCommitter committer;
  private Dispatcher dispatcher;
  private @Nullable Instant downUntil;

  Simulation(long seedValue, int workerCount, double faultiness) throws InterruptedException {
    random = new Random(seedValue);
    seed =
        algorithms
            .find(SimulatedSource.ALGORITHM)
            .orElseThrow()
            .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
    observer = new Observer(clock, RECONNECT_GRACE, seed.newHasher());
    for (String name : List.of("a", "b")) {
      sources.add(new SimulatedSource(name, clock));
    }
    startMaster();
    for (int i = 0; i < workerCount; i++) {
      workers.add(newWorker(i));
    }
    faults = new Faults(this, random, faultiness);
  }

  /** A master that goes on from what is stored, and from nothing else. */
  private void startMaster() {
    Recovered recovered = store.recover();
    Journal journal = new Journal(store.lastGroup());
    owner = new SteppedExecutor();
    verifier = new SteppedVerifier(seed.newHasher());
    committer = new SteppedCommitter(journal, store, owner);
    JobBoard board = new JobBoard(() -> 200, journal);
    board.restore(recovered.jobs().stream().map(Recovered.KeptJob::view).toList());
    recovered.units().forEach(unit -> board.restoreSearched(unit.jobId(), unit.searched()));
    InMemoryWorkQueue units =
        new InMemoryWorkQueue(
            unitNumbers::incrementAndGet,
            leaseNumbers::incrementAndGet,
            new ProgressLog(board, journal));
    units.restore(recovered.units(), recovered.endedUnits());
    queue = units;
    ledger = new ShareLedger(findingNumbers::incrementAndGet, recovered.totals());
    PeerStandings standings = new PeerStandings(clock, 10_000, journal);
    standings.restore(recovered.standings());
    ConductBook conduct =
        new ConductBook(
            () -> new SamplingSettings(SamplingSettings.Mode.FULL, 0.1, 100),
            Thresholds.NONE,
            new AuditSettings(100),
            journal);
    conduct.restore(recovered.conducts());
    dispatcher =
        new Dispatcher(
            () ->
                new WorkSettings(
                    Duration.ofSeconds(20),
                    MAX_DEPTH,
                    Duration.ofSeconds(1),
                    Observer.LEASE_MINIMUM,
                    3,
                    100,
                    RECONNECT_GRACE,
                    Duration.ofSeconds(10),
                    10,
                    100,
                    200),
            queue,
            board,
            ledger,
            new ShareTargetPolicy(new ShareSettings(Duration.ofSeconds(5), 0.5)),
            algorithms,
            verifier,
            new Durability(journal, Supply.ENDLESS, spool, new Lag(() -> 0)),
            WorkEvents.NONE,
            new WorkTraces(new UnrecordedSpans(new Random(1)), board, clock),
            new Oversight(standings, conduct, new TrustSettings(0), () -> 0, clock),
            clock,
            owner,
            recovered);
    sources.forEach(dispatcher::addSource);
    dispatcher.allSourcesAdded();
    owner.drain();
  }

  // ------------------------------------------------------------ what a run is made of

  /** Lets time pass, with faults. */
  void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      faults.strike();
      second();
    }
  }

  /** Ends all trouble, and lets time pass until everything under way has arrived. */
  void calm(int seconds) {
    faults.end();
    for (int i = 0; i < seconds; i++) {
      second();
    }
  }

  /** Searches one last job to its end. */
  void finish(NonceRange range, int seconds) {
    for (SimulatedSource source : sources) {
      source.stopVariants();
      source.withdraw("no more");
      owner.drain();
      observer.jobsEnded(source.name());
    }
    sources.getFirst().deliver(Replacement.NEW_TIP, range);
    calm(seconds);
  }

  private void second() {
    for (int i = 0; i < STEPS_PER_SECOND; i++) {
      step();
    }
    for (SimulatedWorker worker : workers) {
      if (!faults.isHung(worker)) {
        worker.works();
      }
    }
    if (clock.instant().getEpochSecond() % UNITS_CHECKED_EVERY_SECONDS == 0) {
      checkUnits();
    }
  }

  private void step() {
    steps++;
    clock.advance(STEP);
    Instant until = downUntil;
    if (until != null) {
      if (until.isAfter(clock.instant())) {
        return;
      }
      downUntil = null;
      startMaster();
    }
    for (SimulatedWorker worker : workers) {
      Connection connection = worker.connection();
      if (connection != null) {
        connection.deliver();
      }
    }
    dispatcher.tick();
    masterTurn();
    if (random.nextInt(LATE_COMMITS) == 0) {
      spool.write();
    }
    if (random.nextInt(LATE_COMMITS) != 0) {
      committer.commit();
      owner.drain();
    }
  }

  /** Lets the master handle what has reached it, and the verifier verify unless it is stalled. */
  void masterTurn() {
    owner.drain();
    checkBlocks();
    if (!faults.isVerifierStalled()) {
      verifier.verifyWaiting();
      owner.drain();
    }
  }

  // ------------------------------------------------------------ what befalls the master

  /** It is gone at once, with everything that was not committed. */
  void crash(Instant backAt) {
    crashes++;
    spool.crash();
    observer.masterCrashed(backAt, storedEnds());
    downUntil = backAt;
    sources.forEach(SimulatedSource::masterDied);
  }

  /** The leases that ended by a result of their worker. */
  private Set<UnitRef> storedEnds() {
    return store.recover().leases().stream()
        .filter(lease -> lease.settledBy() != 0)
        .map(Recovered.KeptLease::ref)
        .collect(Collectors.toSet());
  }

  boolean isUp() {
    return downUntil == null;
  }

  /** Lets the database fail, or work again. */
  boolean turnStore() {
    storeDown = !storeDown;
    store.turnDown(storeDown);
    return storeDown;
  }

  void loseStoreAnswer() {
    store.loseNextAnswer();
  }

  /** The master is up and its database works. */
  void recover() {
    storeDown = false;
    store.turnDown(false);
    if (downUntil != null) {
      downUntil = null;
      startMaster();
    }
  }

  int crashes() {
    return crashes;
  }

  int steps() {
    return steps;
  }

  // ------------------------------------------------------------ what faults act on

  void connect(SimulatedWorker worker) {
    Connection connection = new Connection(worker, observer, clock, random, this::masterTurn);
    worker.connects(connection);
  }

  void closed(SimulatedWorker worker, Connection connection, boolean returning) {
    if (worker.isKnownBy(connection)) {
      observer.lostConnection(worker);
      if (!returning) {
        observer.disturbed(worker, "left");
      }
    }
    dispatcher.peerGone(worker.peer(), connection, returning);
    masterTurn();
  }

  void newJob(SimulatedSource source, Replacement replacement) {
    if (replacement == Replacement.NEW_TIP) {
      observer.jobsEnded(source.name());
    }
    long start = random.nextInt(1000);
    source.deliver(replacement, new NonceRange(start, 500 + random.nextInt(20_000)));
    masterTurn();
    checkNothingLeasedOfEndedJobs();
  }

  void withdraw(SimulatedSource source) {
    observer.jobsEnded(source.name());
    source.withdraw("simulated outage");
    masterTurn();
    checkNothingLeasedOfEndedJobs();
  }

  DrivenClock clock() {
    return clock;
  }

  Observer observer() {
    return observer;
  }

  List<SimulatedWorker> workers() {
    return workers;
  }

  List<SimulatedSource> sources() {
    return sources;
  }

  // ------------------------------------------------------------ what must hold

  /**
   * A block goes out at once, and twice only if the master was lost before its outcome was kept.
   */
  private void checkBlocks() {
    int submissions = sources.stream().mapToInt(source -> source.submitted().size()).sum();
    int seen = submissions + observer.deliveredBlocks().size();
    if (seen == blocksSeen) {
      return;
    }
    blocksSeen = seen;
    Map<String, Integer> submitted = new HashMap<>();
    for (SimulatedSource source : sources) {
      for (BlockCandidate block : source.submitted()) {
        submitted.merge(block.job().id() + ":" + block.nonce(), 1, Integer::sum);
      }
    }
    submitted.forEach(
        (key, times) ->
            assertThat(times).as("block submitted: %s", key).isLessThanOrEqualTo(1 + crashes));
    assertThat(submitted.keySet())
        .as("blocks go out at once")
        .isEqualTo(observer.deliveredBlocks());
  }

  private void checkUnits() {
    Map<String, List<WorkUnit>> byJob = new HashMap<>();
    for (WorkUnit unit : store.units()) {
      byJob.computeIfAbsent(unit.jobId(), id -> new ArrayList<>()).add(unit);
    }
    byJob.forEach(this::checkUnitsOfJob);
    for (SimulatedWorker worker : workers) {
      assertThat(queue.heldBy(worker.peer())).hasSizeLessThanOrEqualTo(MAX_DEPTH);
    }
  }

  private void checkUnitsOfJob(String jobId, List<WorkUnit> units) {
    units.sort(Comparator.comparingLong(unit -> unit.range().start()));
    long end = 0;
    for (WorkUnit unit : units) {
      assertThat(unit.range().start()).as("units overlap: %s", units).isGreaterThanOrEqualTo(end);
      end = unit.range().end();
      long watermark = unit.range().start() + unit.searched();
      if (unit.searched() > 0) {
        assertThat(observer.firstUnsearched(jobId, unit.range().start()))
            .as("claimed to be searched, but is not: %s", unit)
            .isGreaterThanOrEqualTo(watermark);
      }
    }
  }

  private void checkNothingLeasedOfEndedJobs() {
    for (SimulatedWorker worker : workers) {
      for (WorkUnit unit : queue.heldBy(worker.peer())) {
        assertThat(observer.isEnded(unit.jobId())).as("leased after its end: %s", unit).isFalse();
      }
    }
  }

  /** After a calm: every worker has work or knows why not, and the sums agree. */
  void checkCalm() {
    for (SimulatedWorker worker : workers) {
      if (sources.stream().anyMatch(source -> source.current() != null)) {
        assertThat(queue.heldBy(worker.peer())).as("%s is idle", worker.name()).isNotEmpty();
      } else {
        assertThat(worker.held()).as("%s burns power", worker.name()).isEmpty();
        assertThat(worker.idleBecause()).as("%s knows why", worker.name()).isNotNull();
      }
    }
    checkStored();
  }

  /** Nothing that a worker was told is lost, and nothing counts twice. */
  private void checkStored() {
    while (committer.commit()) {
      owner.drain();
    }
    spool.write();
    Set<String> credited = new HashSet<>();
    for (Share share : store.shares()) {
      assertThat(credited.add(share.jobId() + ":" + share.nonce()))
          .as("credited twice: %s", share)
          .isTrue();
    }
    assertThat(credited).as("acknowledged shares").containsAll(observer.acknowledgedShares());
    assertThat(store.total("shares")).isEqualTo(credited.size());
    assertThat(ledger.total().accepted()).isEqualTo(credited.size());
    Map<UnitRef, UnitState> states = new HashMap<>();
    store.units().forEach(unit -> states.put(unit.ref(), unit.state()));
    for (UnitRef ref : observer.acknowledgedCompletions()) {
      assertThat(states.get(ref)).as("acknowledged completion of %s", ref).isEqualTo(COMPLETED);
    }
    Set<Long> leases = new HashSet<>();
    store.leases().forEach(lease -> assertThat(leases.add(lease.ref().lease())).isTrue());
    assertThat(spool.kept()).as("blocks whose outcome is known are not kept").isEmpty();
    assertThat(store.blocks())
        .allSatisfy(block -> assertThat(block.outcome()).isEqualTo(BlockOutcome.State.ACCEPTED));
    assertThat(store.total("blocks.ACCEPTED")).isEqualTo(store.blocks().size());
    assertThat(store.total("blocks.PENDING")).isZero();
  }

  /**
   * After {@link #finish}: every nonce was searched, every unit is complete, every result judged.
   */
  void checkFinished(NonceRange range) {
    Job job = sources.getFirst().current();
    assertThat(job).isNotNull();
    assertThat(observer.firstUnsearched(job.id(), range.start())).isEqualTo(range.end());
    List<WorkUnit> units = store.unitsOf(job.id());
    assertThat(units).allSatisfy(u -> assertThat(u.state()).isEqualTo(COMPLETED));
    assertThat(units.stream().mapToLong(u -> u.range().count()).sum()).isEqualTo(range.count());
    for (SimulatedWorker worker : workers) {
      assertThat(worker.unacknowledged()).as("results of %s", worker.name()).isEmpty();
    }
    checkStored();
    assertThat(store.total("units.COMPLETED"))
        .isEqualTo(store.units().stream().filter(u -> u.state() == COMPLETED).count());
  }

  private SimulatedWorker newWorker(int index) {
    int rate = 5 + random.nextInt(50);
    double claimed = rate * Math.pow(3, 2 * random.nextDouble() - 1);
    int depth = 1 + random.nextInt(MAX_DEPTH);
    PeerId peer = new PeerId("%032x".formatted(index + 1));
    Hasher hasher = seed.newHasher();
    return new SimulatedWorker(peer, rate, claimed, depth, () -> dispatcher, observer, hasher);
  }

  @Override
  public void close() {
    seed.close();
  }
}
