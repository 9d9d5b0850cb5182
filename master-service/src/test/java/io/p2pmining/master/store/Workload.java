package io.p2pmining.master.store;

import io.p2pmining.common.trace.TraceContext;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.dispatch.ProgressLog;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.trust.KeptConduct;
import io.p2pmining.master.trust.Offence;
import io.p2pmining.master.work.InMemoryWorkQueue;
import io.p2pmining.master.work.LeaseEnding;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.WorkUnit;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * What a master does to its journal, at random. Times are whole microseconds, as databases have.
 */
final class Workload {

  static final Instant START = Instant.parse("2026-01-01T00:00:00.123456Z");

  private static final int MAX_ATTEMPTS = 3;
  private static final int PEERS = 7;
  private static final String SOURCE = "test";

  private final Journal journal;
  private final Random random;
  private final InMemoryWorkQueue queue;
  private final JobBoard board;
  private final ShareLedger ledger;
  private final Deque<Job> posted = new ArrayDeque<>();
  private final List<FoundBlock> openBlocks = new ArrayList<>();
  private final List<Share> doubtful = new ArrayList<>();
  private Instant now = START;
  private long nonce;
  private int jobs;
  private long results;

  Workload(Journal journal, LongSupplier numbers, Random random) {
    this.journal = journal;
    this.random = random;
    board = new JobBoard(() -> 1000, journal);
    queue = new InMemoryWorkQueue(numbers, numbers, new ProgressLog(board, journal));
    ledger = new ShareLedger(numbers, ShareLedger.Totals.NONE);
    newJob(Replacement.NEW_TIP);
    journal.taskEnded();
  }

  /** Some tasks of a dispatcher. */
  void work(int tasks) {
    for (int i = 0; i < tasks; i++) {
      now = now.plusMillis(random.nextInt(1000));
      act();
      journal.taskEnded();
    }
  }

  static PeerId peer(int number) {
    return new PeerId("%032x".formatted((number + 1) * 0x123456789abcdefL));
  }

  Job current() {
    return board.current().getFirst();
  }

  private void act() {
    switch (random.nextInt(26)) {
      case 0 -> newJob(Replacement.values()[random.nextInt(2)]);
      case 1, 2, 3, 4, 5 -> lease();
      case 6, 7, 8 -> leased().ifPresent(this::progress);
      case 9, 10, 11, 12 -> leased().ifPresent(unit -> queue.complete(unit.ref(), ++results, now));
      case 13 -> leased().ifPresent(this::release);
      case 14, 15, 16 -> share();
      case 17 -> reject();
      case 18 -> block();
      case 19 -> post();
      case 20 -> revoke();
      case 21 -> changeStanding();
      case 22 -> judge();
      case 23, 24 -> share();
      default -> connect();
    }
  }

  private void newJob(Replacement replacement) {
    Job job =
        new Job(
            "job-" + ++jobs,
            SOURCE,
            "sha256d",
            Bytes.copyOf(new byte[] {1, 2, 3, 4, (byte) jobs}),
            1,
            new NonceRange(5, 1_000_000_000),
            Bytes.copyOf(new byte[32]),
            Bytes.EMPTY,
            random.nextBoolean() ? Target.forDifficulty(1000 + jobs) : null,
            jobs,
            Bytes.copyOf(new byte[] {9, (byte) jobs}),
            now);
    for (Job ended : board.put(job, replacement, now)) {
      queue.cancelJob(ended.id(), now);
    }
    journal.jobArrived(board.find(job.id()).orElseThrow(), Bytes.copyOf(new byte[] {(byte) jobs}));
  }

  private void post() {
    FiniteTerms terms =
        new FiniteTerms(1 + random.nextInt(100), Target.forDifficulty(7), random.nextInt(3));
    Job job =
        new Job(
            "job-" + ++jobs,
            "posted",
            "sha256d",
            Bytes.copyOf(new byte[] {1, 2, 3, 4, (byte) jobs}),
            1,
            new NonceRange(5, 1000),
            Bytes.EMPTY,
            Bytes.EMPTY,
            Target.forDifficulty(1000),
            0,
            Bytes.EMPTY,
            now,
            terms,
            new TraceContext("%032x".formatted(jobs), "%016x".formatted(jobs), jobs % 2 == 0));
    board.post(job, now);
    journal.jobArrived(board.find(job.id()).orElseThrow(), Bytes.EMPTY);
    queue.add(job.id(), board.cut(job, 500), now);
    NonceRange added = new NonceRange(5000, 1 + random.nextInt(100));
    board.add(job, added);
    queue.add(job.id(), added, now);
    board.sharesFound(job.id(), 2);
    posted.add(job);
    if (posted.size() > 2) {
      Job oldest = posted.removeFirst();
      queue.cancelJob(oldest.id(), now);
      board.end(oldest, JobState.FAILED, now);
    }
  }

  private void lease() {
    PeerId peer = peer(random.nextInt(PEERS));
    Target target = Target.forDifficulty(100 + random.nextInt(100));
    Job job = current();
    long most = 50 + random.nextInt(50);
    if (queue.leasePending(job.id(), peer, most, target, now.plusSeconds(60), now).isEmpty()) {
      WorkUnit unit = queue.add(job.id(), board.cut(job, 100), now);
      if (random.nextInt(10) > 0) {
        queue.lease(unit.id(), peer, target, now.plusSeconds(60), now);
      }
    }
  }

  private Optional<WorkUnit> leased() {
    List<WorkUnit> held = queue.heldBy(peer(random.nextInt(PEERS)));
    return held.isEmpty() ? Optional.empty() : Optional.of(held.get(random.nextInt(held.size())));
  }

  private void progress(WorkUnit unit) {
    queue.progress(unit.ref(), unit.searched() + random.nextInt(20), now.plusSeconds(90), now);
  }

  private void release(WorkUnit unit) {
    LeaseEnding[] endings = LeaseEnding.values();
    LeaseEnding ending = endings[random.nextInt(endings.length)];
    queue.release(unit.ref(), ending, ++results, MAX_ATTEMPTS, now);
  }

  private void share() {
    leased().ifPresent(unit -> journal.shareAccepted(accepted(unit), unit.ref(), ++results));
  }

  private Share accepted(WorkUnit unit) {
    Share share =
        ledger.accept(
            board.find(unit.jobId()).orElseThrow().job(),
            ++nonce,
            Bytes.copyOf(new byte[32]),
            BigInteger.valueOf(100 + random.nextInt(50)),
            java.util.Objects.requireNonNull(unit.peer()),
            random.nextInt(10) == 0,
            now);
    doubtful.add(share);
    return share;
  }

  /** What is taken back is now of the same group, now of one long ago. */
  private void revoke() {
    if (!doubtful.isEmpty() && random.nextInt(5) == 0) {
      Share share =
          random.nextBoolean()
              ? doubtful.removeLast()
              : doubtful.remove(random.nextInt(doubtful.size()));
      ledger.revoke(share, Rejection.BAD_HASH);
      journal.shareRevoked(share, Rejection.BAD_HASH);
    }
  }

  private void changeStanding() {
    PeerId peer = peer(random.nextInt(PEERS));
    Standing standing =
        switch (random.nextInt(3)) {
          case 0 -> Standing.IN_SERVICE;
          case 1 -> new Standing(ServiceState.DRAINING, "kernel update", now, null);
          default ->
              new Standing(ServiceState.QUARANTINED, "lies, \u0436", now, now.plusSeconds(600));
        };
    journal.standingChanged(peer, standing);
  }

  private void judge() {
    PeerId peer = peer(random.nextInt(PEERS));
    journal.conductChanged(
        peer,
        new KeptConduct(
            random.nextInt(100),
            Map.of(Offence.BAD_HASH, new KeptConduct.Level(random.nextDouble(), now)),
            random.nextInt(5),
            random.nextBoolean() ? now : null,
            List.of(random.nextDouble(), 1e-300, Double.MAX_VALUE),
            random.nextDouble(),
            random.nextInt(100),
            random.nextBoolean() ? new Conduct.Flag(now, 40.5, 3) : null,
            random.nextBoolean() ? new Conduct.Omission(now, 7, 2, 5) : null,
            random.nextBoolean(),
            now));
  }

  /** What may be known of an honest peer. */
  static KeptConduct conduct(Instant changedAt) {
    return new KeptConduct(7, Map.of(), 0, null, List.of(), 0, 0, null, null, false, changedAt);
  }

  private void reject() {
    Rejection[] reasons = Rejection.values();
    Rejection reason = reasons[random.nextInt(reasons.length)];
    ledger.reject(reason);
    journal.shareRejected(peer(random.nextInt(PEERS)), reason);
  }

  private void block() {
    if (!openBlocks.isEmpty() && random.nextBoolean()) {
      FoundBlock open = openBlocks.removeFirst();
      BlockOutcome outcome =
          new BlockOutcome(
              BlockOutcome.State.values()[1 + random.nextInt(3)],
              Bytes.copyOf(new byte[32]),
              "because");
      journal.blockSettled(open, ledger.blockSettled(open, outcome));
    } else {
      FoundBlock found =
          ledger.blockFound(
              current(),
              ++nonce,
              Bytes.copyOf(new byte[32]),
              BigInteger.TWO.pow(200),
              peer(random.nextInt(PEERS)),
              now);
      openBlocks.add(found);
      journal.blockFound(found);
    }
  }

  private void connect() {
    PeerState state = random.nextBoolean() ? PeerState.MINING : PeerState.DISCONNECTED;
    journal.peerChanged(peer(random.nextInt(PEERS), state, now));
  }

  /** A peer that was last seen at the {@linkplain #START start}. */
  static Peer peer(int number, PeerState state) {
    return peer(number, state, START);
  }

  private static Peer peer(int number, PeerState state, Instant seen) {
    return new Peer(
        new PeerIdentity(peer(number), "worker " + number, "test/1", "192.0.2.1:99", 9741),
        state,
        new PeerCapabilities(
            2, 2, 8L << 30, 4L << 30, "cpu", "amd64", "Linux", true, true, false, 1, 2, 0, 0,
            List.of()),
        new PeerActivity(PeerState.MINING, "sha256d", null, 10, 1000, 4L << 30),
        seen,
        seen);
  }
}
