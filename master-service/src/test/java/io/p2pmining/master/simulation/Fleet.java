package io.p2pmining.master.simulation;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.dispatch.Dispatcher;
import io.p2pmining.master.dispatch.Durability;
import io.p2pmining.master.dispatch.Oversight;
import io.p2pmining.master.dispatch.ProgressLog;
import io.p2pmining.master.dispatch.WorkEvents;
import io.p2pmining.master.dispatch.WorkTraces;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.Receipt;
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
import io.p2pmining.master.verify.Verification;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.service.tracing.UnrecordedSpans;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A master and many workers that only pretend to hash, in simulated time that goes from event to
 * event; what happens follows from the seed alone. Nobody finds shares.
 */
final class Fleet {

  /** After so much silence a connection counts as lost. */
  static final Duration IDLE_TIMEOUT = Duration.ofSeconds(15);

  static final Duration RECONNECT_GRACE = Duration.ofSeconds(10);

  /** The default. */
  private static final double REDO_SHARE = 0.01;

  private static final Duration TICK = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofHours(2);
  private static final double SLOWEST = 5;
  private static final double FASTEST = 50_000;

  /** Nobody finds a share, and nobody is expected to. */
  private static final Target NEVER_MET = Target.forDifficulty(BigInteger.TWO.pow(200));

  private final Random random;
  private final Random chances;
  private final DrivenClock clock = new DrivenClock();
  private final Instant start = clock.instant();
  private final SteppedExecutor owner = new SteppedExecutor();
  private final Journal journal = new Journal(0);
  private final SteppedCommitter committer =
      new SteppedCommitter(journal, new MemoryStore(), owner);
  private final JobBoard board = new JobBoard(() -> 20, journal);
  private final InMemoryWorkQueue queue =
      new InMemoryWorkQueue(
          new AtomicLong()::incrementAndGet,
          new AtomicLong()::incrementAndGet,
          new ProgressLog(board, journal));
  private final Dispatcher dispatcher;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<FleetWorker> workers = new ArrayList<>();
  private long eventCount;

  Fleet(long seed, int workerCount) {
    random = new Random(seed);
    chances = new Random(~seed);
    dispatcher =
        new Dispatcher(
            () ->
                new WorkSettings(
                    Duration.ofSeconds(20),
                    8,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    3,
                    5,
                    RECONNECT_GRACE,
                    Duration.ofSeconds(10),
                    10,
                    100,
                    20),
            queue,
            board,
            new ShareLedger(new AtomicLong()::incrementAndGet, ShareLedger.Totals.NONE),
            new ShareTargetPolicy(new ShareSettings(Duration.ofSeconds(30), 0.5)),
            PowAlgorithms.load(),
            new IdleVerifier(),
            new Durability(journal, Supply.ENDLESS, new MemorySpool(), new Lag(() -> 0)),
            WorkEvents.NONE,
            new WorkTraces(new UnrecordedSpans(new Random(1)), board, clock),
            new Oversight(
                new PeerStandings(clock, 10_000, journal),
                new ConductBook(
                    () -> new SamplingSettings(SamplingSettings.Mode.FULL, 0.1, 100),
                    Thresholds.NONE,
                    new AuditSettings(100),
                    journal),
                new TrustSettings(REDO_SHARE),
                chances::nextDouble,
                clock),
            clock,
            owner,
            Recovered.NOTHING);
    owner.afterTasks(committer::commit);
    for (int i = 0; i < workerCount; i++) {
      double speed = SLOWEST * Math.pow(FASTEST / SLOWEST, random.nextDouble());
      workers.add(new FleetWorker(this, i, speed));
    }
    repeatTick();
  }

  // ------------------------------------------------------------ what a run is made of

  /** Everybody connects within the first second. */
  void connectAll() {
    for (FleetWorker worker : workers) {
      in(Duration.ofMillis(random.nextInt(1000)), worker::connect);
    }
  }

  Job post(long nonces) {
    Job job =
        new Job(
            "job",
            Postings.SOURCE,
            "sha256d",
            Bytes.copyOf(new byte[8]),
            0,
            new NonceRange(0, nonces),
            Bytes.EMPTY,
            Bytes.EMPTY,
            null,
            0,
            Bytes.EMPTY,
            clock.instant(),
            new FiniteTerms(FiniteTerms.DEFAULT_PRIORITY, NEVER_MET, 0),
            null);
    dispatcher.postings().post(job, Receipt.none());
    owner.drain();
    return job;
  }

  /** Lets time pass until a moment, counted from the start. */
  void runUntil(Duration moment) {
    while (events.peek() != null && !events.peek().at().isAfter(start.plus(moment))) {
      next();
    }
  }

  /** Lets time pass until every unit of the job is searched, and answers how long that took. */
  Duration runToTheEndOf(Job job) {
    while (stateOf(job) == JobState.ACTIVE) {
      if (elapsed().compareTo(LIMIT) > 0) {
        throw new AssertionError("not finished after " + LIMIT + ": " + queue.countByState());
      }
      next();
    }
    return elapsed();
  }

  /** Some workers fall silent for good, all at the same moment. */
  void vanish(int count) {
    for (FleetWorker worker : workers.subList(0, count)) {
      worker.vanish();
    }
  }

  Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  /** What all workers that are there hash in a second. */
  double speed() {
    return workers.stream().mapToDouble(FleetWorker::speed).sum();
  }

  /** How many units were searched to their end. */
  long completedUnits() {
    return queue.countByState().getOrDefault(UnitState.COMPLETED, 0L);
  }

  JobState stateOf(Job job) {
    return board.find(job.id()).orElseThrow().state();
  }

  // ------------------------------------------------------------ what workers act on

  Dispatcher dispatcher() {
    return dispatcher;
  }

  Random random() {
    return random;
  }

  Instant now() {
    return clock.instant();
  }

  void in(Duration delay, Runnable action) {
    at(clock.instant().plus(delay), action);
  }

  /** At one moment, things happen in the order in which they were planned. */
  void at(Instant moment, Runnable action) {
    events.add(new Event(moment, eventCount++, action));
  }

  private void next() {
    Event event = events.remove();
    clock.advance(Duration.between(clock.instant(), event.at()));
    event.action().run();
    owner.drain();
  }

  private void repeatTick() {
    in(
        TICK,
        () -> {
          dispatcher.tick();
          repeatTick();
        });
  }

  private record Event(Instant at, long number, Runnable action) implements Comparable<Event> {

    @Override
    public int compareTo(Event other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  private static final class IdleVerifier implements Verifier {

    @Override
    public boolean verify(
        PowAlgorithm algorithm,
        Bytes seed,
        byte[] input,
        Bytes claimedHash,
        Consumer<Verification> done) {
      throw new IllegalStateException("nobody finds shares here");
    }

    @Override
    public void prepareAhead(PowAlgorithm algorithm, Bytes seed) {}

    @Override
    public double verificationsPerSecond() {
      return 1000;
    }

    @Override
    public int room() {
      return 1;
    }
  }
}
