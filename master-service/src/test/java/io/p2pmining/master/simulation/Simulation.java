package io.p2pmining.master.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.master.dispatch.Dispatcher;
import io.p2pmining.master.dispatch.Oversight;
import io.p2pmining.master.dispatch.WorkEvents;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareSettings;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.trust.AuditSettings;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.trust.SamplingSettings;
import io.p2pmining.master.trust.Thresholds;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkQueue;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkUnit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A master and its workers in one thread and in simulated time; what happens follows from the seed
 * alone.
 */
final class Simulation implements AutoCloseable {

  static final Duration RECONNECT_GRACE = Duration.ofSeconds(10);

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int MAX_DEPTH = 3;
  private static final int UNITS_CHECKED_EVERY_SECONDS = 7;
  private static final int HISTORY = 100_000;

  private final Random random;
  private final DrivenClock clock = new DrivenClock();
  private final SteppedExecutor owner = new SteppedExecutor();
  private final PowAlgorithms algorithms = PowAlgorithms.load();
  private final PreparedSeed seed;
  private final SteppedVerifier verifier;
  private final WorkQueue queue = new InMemoryWorkQueue(HISTORY, 1);
  private final ShareLedger ledger = new ShareLedger(HISTORY);
  private final List<Share> accepted = new ArrayList<>();
  private final Dispatcher dispatcher;
  private final Observer observer;
  private final List<SimulatedSource> sources = new ArrayList<>();
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private final Faults faults;

  Simulation(long seedValue, int workerCount, double faultiness) throws InterruptedException {
    random = new Random(seedValue);
    seed =
        algorithms
            .find(SimulatedSource.ALGORITHM)
            .orElseThrow()
            .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
    observer = new Observer(clock, RECONNECT_GRACE, seed.newHasher());
    verifier = new SteppedVerifier(seed.newHasher());
    dispatcher =
        new Dispatcher(
            new WorkSettings(
                Duration.ofSeconds(20),
                MAX_DEPTH,
                Duration.ofSeconds(1),
                Observer.LEASE_MINIMUM,
                3,
                100,
                RECONNECT_GRACE,
                Duration.ofSeconds(10),
                HISTORY,
                200),
            queue,
            new JobBoard(200),
            ledger,
            new ShareTargetPolicy(new ShareSettings(Duration.ofSeconds(5), 0.5, 1000)),
            algorithms,
            verifier,
            new WorkEvents() {
              @Override
              public void shareAccepted(Share share) {
                accepted.add(share);
              }
            },
            new Oversight(
                new PeerStandings(clock),
                new ConductBook(
                    new SamplingSettings(SamplingSettings.Mode.FULL, 0.1, 100),
                    Thresholds.NONE,
                    new AuditSettings(100)),
                () -> 0,
                clock),
            clock,
            owner);
    for (String name : List.of("a", "b")) {
      SimulatedSource source = new SimulatedSource(name, clock);
      sources.add(source);
      dispatcher.addSource(source);
    }
    owner.drain();
    for (int i = 0; i < workerCount; i++) {
      workers.add(newWorker(i));
    }
    faults = new Faults(this, random, faultiness);
  }

  // ------------------------------------------------------------ what a run is made of

  /** Lets time pass, with faults. */
  void run(int seconds) {
    for (int i = 0; i < seconds; i++) {
      faults.strike();
      step();
    }
  }

  /** Ends all trouble, and lets time pass until everything under way has arrived. */
  void calm(int seconds) {
    faults.end();
    for (int i = 0; i < seconds; i++) {
      step();
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

  private void step() {
    clock.advance(STEP);
    for (SimulatedWorker worker : workers) {
      Connection connection = worker.connection();
      if (connection != null) {
        connection.deliver();
      }
    }
    dispatcher.tick();
    masterTurn();
    for (SimulatedWorker worker : workers) {
      if (!faults.isHung(worker)) {
        worker.works();
      }
    }
    if (clock.instant().getEpochSecond() % UNITS_CHECKED_EVERY_SECONDS == 0) {
      checkUnits();
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

  private void checkBlocks() {
    Set<String> submitted = new HashSet<>();
    for (SimulatedSource source : sources) {
      for (BlockCandidate block : source.submitted()) {
        String key = block.job().id() + ":" + block.nonce();
        assertThat(submitted.add(key)).as("block submitted twice: %s", key).isTrue();
      }
    }
    assertThat(submitted).as("blocks go out at once").isEqualTo(observer.deliveredBlocks());
  }

  private void checkUnits() {
    Map<String, List<WorkUnit>> byJob = new HashMap<>();
    for (WorkUnit unit : queue.list(WorkQueue.Filter.ALL, 0, Integer.MAX_VALUE)) {
      byJob.computeIfAbsent(unit.jobId(), id -> new ArrayList<>()).add(unit);
    }
    byJob.forEach(this::checkUnitsOfJob);
    long leased =
        byJob.values().stream().flatMap(List::stream).filter(u -> u.state().isLeased()).count();
    assertThat(leased).as("leased units").isLessThanOrEqualTo((long) MAX_DEPTH * workers.size());
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
    Set<String> credited = new HashSet<>();
    for (Share share : accepted) {
      assertThat(credited.add(share.jobId() + ":" + share.nonce()))
          .as("credited twice: %s", share)
          .isTrue();
    }
    assertThat(ledger.total().accepted()).isEqualTo(accepted.size());
  }

  /**
   * After {@link #finish}: every nonce was searched, every unit is complete, every result judged.
   */
  void checkFinished(NonceRange range) {
    Job job = sources.getFirst().current();
    assertThat(job).isNotNull();
    assertThat(observer.firstUnsearched(job.id(), range.start())).isEqualTo(range.end());
    List<WorkUnit> units =
        queue.list(new WorkQueue.Filter(null, job.id(), null), 0, Integer.MAX_VALUE);
    assertThat(units).allSatisfy(u -> assertThat(u.state()).isEqualTo(UnitState.COMPLETED));
    assertThat(units.stream().mapToLong(u -> u.range().count()).sum()).isEqualTo(range.count());
    for (SimulatedWorker worker : workers) {
      assertThat(worker.unacknowledged()).as("results of %s", worker.name()).isEmpty();
    }
  }

  private SimulatedWorker newWorker(int index) {
    int rate = 5 + random.nextInt(50);
    double claimed = rate * Math.pow(3, 2 * random.nextDouble() - 1);
    int depth = 1 + random.nextInt(MAX_DEPTH);
    PeerId peer = new PeerId("%032x".formatted(index + 1));
    Hasher hasher = seed.newHasher();
    return new SimulatedWorker(peer, rate, claimed, depth, dispatcher, observer, hasher);
  }

  @Override
  public void close() {
    seed.close();
  }
}
