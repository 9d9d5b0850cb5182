package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.share.ShareSettings;
import io.p2pmining.master.share.ShareTargetPolicy;
import io.p2pmining.master.simulation.DrivenClock;
import io.p2pmining.master.simulation.MemorySpool;
import io.p2pmining.master.simulation.SteppedExecutor;
import io.p2pmining.master.simulation.SteppedVerifier;
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
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkerProfile;
import io.p2pmining.service.tracing.UnrecordedSpans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A dispatcher with one source named {@code test}, driven by hand. */
final class Rig implements JobSource {

  static final int POSTED_JOBS = 10;
  static final int POSTED_UNITS = 100;

  /** More ids than one group of a test takes. */
  private static final long NUMBERS_PER_GROUP = 1000;

  static final Target NETWORK_TARGET = Target.forDifficulty(1000);

  final DrivenClock clock;
  final SteppedExecutor owner = new SteppedExecutor();
  final PowAlgorithms algorithms = PowAlgorithms.load();
  final Hasher hasher = newSeed().newHasher();
  final SteppedVerifier verifier = new SteppedVerifier(newSeed().newHasher());
  final MemoryStore store;
  final Journal journal;
  final SteppedCommitter committer;
  final JobBoard board;
  final InMemoryWorkQueue queue;
  final ShareLedger ledger;
  final MemorySpool spool = new MemorySpool();
  final PeerStandings standings;
  final ConductBook conduct;

  /** How work is cut and leased, from the next time on that it is asked for. */
  WorkSettings work;

  /** What decides whether a share is recomputed. */
  double chance;

  /** What dispatch said of ranges that were searched twice. */
  final RedoneEvents redones = new RedoneEvents();

  /** What dispatch said of how long workers waited. */
  final RecordedLatencies latencies = new RecordedLatencies();

  final List<BlockCandidate> submitted = new ArrayList<>();
  final Dispatcher dispatcher;
  private int jobs;

  Rig() {
    this(SamplingSettings.Mode.FULL, Duration.ofSeconds(30));
  }

  Rig(SamplingSettings.Mode mode, Duration shareInterval) {
    this(mode, shareInterval, new TrustSettings(0));
  }

  Rig(SamplingSettings.Mode mode, Duration shareInterval, TrustSettings trust) {
    this(mode, shareInterval, trust, new DrivenClock(), new MemoryStore());
  }

  private Rig(
      SamplingSettings.Mode mode,
      Duration shareInterval,
      TrustSettings trust,
      DrivenClock clock,
      MemoryStore store) {
    this.clock = clock;
    this.store = store;
    Recovered recovered = store.recover();
    long numbersUsed = NUMBERS_PER_GROUP * store.lastGroup();
    journal = new Journal(store.lastGroup());
    committer = new SteppedCommitter(journal, store, owner);
    board = new JobBoard(() -> 20, journal);
    board.restore(recovered.jobs().stream().map(Recovered.KeptJob::view).toList());
    queue =
        new InMemoryWorkQueue(
            new AtomicLong(numbersUsed)::incrementAndGet,
            new AtomicLong(numbersUsed)::incrementAndGet,
            new ProgressLog(board, journal));
    queue.restore(recovered.units(), recovered.endedUnits());
    ledger = new ShareLedger(new AtomicLong(numbersUsed)::incrementAndGet, recovered.totals());
    standings = new PeerStandings(clock, 10_000, journal);
    conduct =
        new ConductBook(
            () -> new SamplingSettings(mode, 0.1, 2),
            Thresholds.QUARANTINE,
            new AuditSettings(100),
            journal);
    work = cutting(Duration.ofSeconds(20));
    var shares = new ShareSettings(shareInterval, 0.5);
    WorkTraces traces = new WorkTraces(new UnrecordedSpans(new Random(1)), board, clock);
    dispatcher =
        new Dispatcher(
            () -> work,
            queue,
            board,
            ledger,
            new ShareTargetPolicy(shares),
            algorithms,
            verifier,
            new Durability(journal, Supply.ENDLESS, spool, new Lag(() -> 0)),
            new AllWorkEvents(List.of(redones, latencies, traces)),
            traces,
            new Oversight(standings, conduct, trust, () -> chance, clock),
            clock,
            owner,
            recovered);
    owner.afterTasks(
        () -> {
          while (committer.commit()) {
            // Every group that there is.
          }
        });
    dispatcher.addSource(this);
    owner.drain();
  }

  /** Settings by which a worker searches a unit for so long. */
  static WorkSettings cutting(Duration unitDuration) {
    return new WorkSettings(
        unitDuration,
        8,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        3,
        5,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        POSTED_JOBS,
        POSTED_UNITS,
        20);
  }

  /** The master is lost, with everything that is not stored, and another one goes on. */
  Rig successor() {
    return new Rig(
        SamplingSettings.Mode.FULL, Duration.ofSeconds(30), new TrustSettings(0), clock, store);
  }

  Job deliver(JobListener.Replacement replacement, NonceRange range, @Nullable Target target) {
    Job job = job("sha256d", range, target);
    dispatcher.jobArrived(job, replacement);
    owner.drain();
    return job;
  }

  Job job(String algorithm, NonceRange range, @Nullable Target target) {
    return new Job(
        "job-" + ++jobs,
        name(),
        algorithm,
        Bytes.copyOf(new byte[] {(byte) jobs, 0, 0, 0, 0}),
        1,
        range,
        Bytes.EMPTY,
        Bytes.EMPTY,
        target,
        jobs,
        Bytes.EMPTY,
        clock.instant());
  }

  /** A worker that has introduced itself and asked for work. */
  RecordingLink connect(PeerId peer, double hashesPerSecond, int depth) {
    RecordingLink link = new RecordingLink();
    dispatcher.peerReady(profile(peer, hashesPerSecond), link);
    dispatcher.depthRequested(peer, depth, List.of());
    owner.drain();
    return link;
  }

  WorkerProfile profile(PeerId peer, double hashesPerSecond) {
    var ability = new WorkerProfile.Ability("sha256d", HashingMode.LIGHT, "java", hashesPerSecond);
    return new WorkerProfile(peer, 2, true, 2, List.of(ability));
  }

  void advance(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      dispatcher.tick();
      owner.drain();
    }
  }

  void verify() {
    verifier.verifyWaiting();
    owner.drain();
  }

  /** The first nonce at or after {@code from} whose hash meets one target and not another. */
  long nonceMeeting(Assignment unit, long from, Target target, @Nullable Target unmet) {
    for (long nonce = from; nonce < unit.range().end(); nonce++) {
      byte[] hash = hash(unit.job(), nonce).toArray();
      if (target.isMetBy(hash) && (unmet == null || !unmet.isMetBy(hash))) {
        return nonce;
      }
    }
    throw new IllegalStateException("no such nonce in " + unit.range());
  }

  Bytes hash(Job job, long nonce) {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    byte[] input = job.blobWith(nonce);
    hasher.hash(input, input.length, hash);
    return Bytes.copyOf(hash);
  }

  private PreparedSeed newSeed() {
    try {
      return algorithms
          .find("sha256d")
          .orElseThrow()
          .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String name() {
    return "test";
  }

  @Override
  public Resumption resume(Job job, Bytes keepsake) {
    return Resumption.AS_BEFORE;
  }

  @Override
  public void start(JobListener ignored) {}

  @Override
  public SourceStatus status() {
    return new SourceStatus(true, "test", "", 0, null);
  }

  @Override
  public Optional<Job> nextVariant(Job exhausted) {
    return Optional.empty();
  }

  @Override
  public CompletableFuture<BlockOutcome> submit(BlockCandidate candidate) {
    submitted.add(candidate);
    return CompletableFuture.completedFuture(
        new BlockOutcome(BlockOutcome.State.ACCEPTED, Bytes.EMPTY, "test"));
  }

  @Override
  public void close() {}
}
