package io.p2pmining.master.dispatch;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.BlockCandidate;
import io.p2pmining.master.job.BlockOutcome;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.verify.Verification;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.ShareFound;
import io.p2pmining.master.work.WorkSettings;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges shares: the cheap checks at once, the hash on the verifier's pool, and a block goes to its
 * source before either. Owned by the dispatcher's thread.
 */
final class ShareIntake {

  /** Beyond this the oldest nonces of a job could be credited again. */
  private static final int MAX_NONCES_PER_JOB = 100_000;

  /** Beyond this the oldest blocks would be submitted again if somebody sent them again. */
  private static final int MAX_BLOCKS = 10_000;

  /** Room in the verifier that is left to new shares while old ones are recomputed. */
  private static final int KEPT_FREE = 1;

  private final PowAlgorithms algorithms;
  private final JobBoard board;
  private final Leases leases;
  private final ShareLedger ledger;
  private final Verifier verifier;
  private final WorkSettings settings;
  private final WorkEvents events;
  private final Oversight oversight;
  private final Clock clock;
  private final Executor owner;
  private final Function<String, Optional<JobSource>> sources;
  private final Map<String, Set<Long>> creditedNonces;
  private final Map<Found, FoundBlock> blocks = new Bounded<>(MAX_BLOCKS);
  private final Unverified<Credited> unverified = new Unverified<>();

  ShareIntake(
      PowAlgorithms algorithms,
      JobBoard board,
      Leases leases,
      ShareLedger ledger,
      Verifier verifier,
      WorkSettings settings,
      WorkEvents events,
      Oversight oversight,
      Clock clock,
      Executor owner,
      Function<String, Optional<JobSource>> sources) {
    this.algorithms = algorithms;
    this.board = board;
    this.leases = leases;
    this.ledger = ledger;
    this.verifier = verifier;
    this.settings = settings;
    this.events = events;
    this.oversight = oversight;
    this.clock = clock;
    this.owner = owner;
    this.sources = sources;
    this.creditedNonces = new Bounded<>(settings.jobHistory());
  }

  void take(Worker worker, ShareFound share) {
    if (!worker.beginVerification(share.resultId())) {
      return;
    }
    Leases.Terms terms = leases.of(share.ref(), worker.peer());
    if (terms == null) {
      reject(worker, share, Rejection.UNKNOWN_UNIT);
      return;
    }
    Claim claim = Claim.of(share, terms, algorithms);
    if (claim == null) {
      reject(worker, share, Rejection.MALFORMED);
      return;
    }
    Rejection flaw = flawOf(claim);
    boolean first =
        (flaw == null || flaw == Rejection.DUPLICATE)
            && oversight.found(share.ref(), share.nonce());
    if (flaw == Rejection.DUPLICATE && first) {
      // Another worker had found it before it lost its lease on the range.
      rejectWithoutBlame(worker, share, flaw);
      return;
    }
    if (flaw != null) {
      reject(worker, share, flaw);
      return;
    }
    if (claim.isBlock()) {
      if (worker.isBelievedAboutBlocks()) {
        submitBlock(worker, claim);
      }
    } else if (!board.credits(claim.job().id(), settings.staleGrace(), clock.instant())) {
      reject(worker, share, Rejection.STALE);
      return;
    }
    if (!claim.isBlock() && !oversight.verifies(worker.peer())) {
      unverified.add(worker.peer(), new Credited(worker.peer(), claim, credit(worker, claim)));
      return;
    }
    boolean queued =
        verifier.verify(
            claim.algorithm(),
            claim.job().seedHash(),
            claim.input(),
            share.hash(),
            outcome -> owner.execute(() -> verified(worker, claim, outcome)));
    if (!queued) {
      refuse(worker, claim, "too many shares wait to be verified");
    }
  }

  /** What is wrong with a claim that can be seen without hashing; null if nothing is. */
  private @Nullable Rejection flawOf(Claim claim) {
    if (!claim.terms().range().contains(claim.share().nonce())) {
      return Rejection.OUT_OF_RANGE;
    }
    if (!claim.meets(claim.terms().shareTarget())) {
      return Rejection.LOW_DIFFICULTY;
    }
    Set<Long> credited = creditedNonces.computeIfAbsent(claim.job().id(), id -> newNonceSet());
    return credited.add(claim.share().nonce()) ? null : Rejection.DUPLICATE;
  }

  private static Set<Long> newNonceSet() {
    return Collections.newSetFromMap(new Bounded<>(MAX_NONCES_PER_JOB));
  }

  /** Hands a block to its source, once however often it is sent. */
  private void submitBlock(Worker worker, Claim claim) {
    Job job = claim.job();
    ShareFound share = claim.share();
    Found found = new Found(job.id(), share.nonce());
    if (blocks.containsKey(found)) {
      return;
    }
    Target network = claim.networkTarget();
    FoundBlock block =
        ledger.blockFound(
            job, share.nonce(), share.hash(), network.difficulty(), worker.peer(), clock.instant());
    blocks.put(found, block);
    events.blockChanged(block);
    Optional<JobSource> source = sources.apply(job.source());
    if (source.isEmpty()) {
      settle(
          block,
          new BlockOutcome(
              BlockOutcome.State.REJECTED, Bytes.EMPTY, "its source is not there any more"));
    } else {
      var unused =
          source
              .get()
              .submit(new BlockCandidate(job, share.nonce(), share.hash()))
              .thenAccept(outcome -> owner.execute(() -> settle(block, outcome)));
    }
  }

  private void settle(FoundBlock block, BlockOutcome outcome) {
    events.blockChanged(ledger.blockSettled(block, outcome));
  }

  private void verified(Worker worker, Claim claim, Verification outcome) {
    ShareFound share = claim.share();
    switch (outcome) {
      case Verification.Correct() -> {
        oversight.confirmed(worker.peer());
        var unused = credit(worker, claim);
      }
      case Verification.Wrong() -> {
        uncredit(claim);
        unverified.doubt(worker.peer());
        if (claim.isBlock()) {
          worker.claimedBlockFalsely();
        }
        reject(worker, share, Rejection.BAD_HASH);
        recheck();
      }
      case Verification.Impossible(String reason) ->
          refuse(worker, claim, "shares cannot be verified: " + reason);
    }
  }

  /** Recomputes what was credited to liars on trust, as far as there is room. */
  void recheck() {
    unverified.recheck(
        credited ->
            verifier.room() > KEPT_FREE
                && verifier.verify(
                    credited.claim.algorithm(),
                    credited.claim.job().seedHash(),
                    credited.claim.input(),
                    credited.claim.share().hash(),
                    outcome -> owner.execute(() -> rechecked(credited, outcome))));
  }

  private void rechecked(Credited credited, Verification outcome) {
    if (outcome instanceof Verification.Wrong) {
      uncredit(credited.claim);
      ledger.revoke(credited.share, Rejection.BAD_HASH);
      events.shareRejected(credited.peer, credited.share.jobId(), Rejection.BAD_HASH);
      oversight.rejected(credited.peer, Rejection.BAD_HASH);
    }
  }

  private Share credit(Worker worker, Claim claim) {
    ShareFound share = claim.share();
    boolean block = claim.isBlock();
    if (block) {
      submitBlock(worker, claim);
    }
    BigInteger difficulty = claim.terms().shareTarget().difficulty();
    Share accepted =
        ledger.accept(
            claim.job(),
            share.nonce(),
            share.hash(),
            difficulty,
            worker.peer(),
            block,
            clock.instant());
    worker.settle(share.resultId(), block ? new Verdict.FoundBlock() : new Verdict.Accepted());
    events.shareAccepted(accepted);
    sources
        .apply(claim.job().source())
        .ifPresent(source -> source.shareAccepted(claim.job(), difficulty));
    return accepted;
  }

  private void reject(Worker worker, ShareFound share, Rejection reason) {
    rejectWithoutBlame(worker, share, reason);
    oversight.rejected(worker.peer(), reason);
  }

  private void rejectWithoutBlame(Worker worker, ShareFound share, Rejection reason) {
    ledger.reject(worker.peer(), reason);
    worker.settle(share.resultId(), new Verdict.Rejected(reason));
    events.shareRejected(worker.peer(), share.jobId(), reason);
  }

  /** Gives no verdict: the worker keeps the share and sends it again when it comes back. */
  private void refuse(Worker worker, Claim claim, String detail) {
    uncredit(claim);
    worker.abandonVerification(claim.share().resultId());
    var link = worker.link();
    if (link != null) {
      link.disconnectBusy(detail);
    }
  }

  private void uncredit(Claim claim) {
    Set<Long> credited = creditedNonces.get(claim.job().id());
    if (credited != null) {
      credited.remove(claim.share().nonce());
    }
  }

  private record Found(String jobId, long nonce) {}

  /** A share that was credited without being recomputed. */
  private record Credited(PeerId peer, Claim claim, Share share) {}

  /** A share with everything that judging it takes. */
  private record Claim(
      ShareFound share, Leases.Terms terms, PowAlgorithm algorithm, byte[] input, byte[] proof) {

    /** Null if the hash has the wrong length, or the share names another job than its lease. */
    static @Nullable Claim of(ShareFound share, Leases.Terms terms, PowAlgorithms algorithms) {
      Job job = terms.job();
      Optional<PowAlgorithm> algorithm = algorithms.find(job.algorithm());
      if (algorithm.isEmpty()
          || share.hash().length() != Hasher.HASH_LENGTH
          || !share.jobId().equals(job.id())) {
        return null;
      }
      byte[] input = job.blobWith(share.nonce());
      byte[] proof = new byte[Hasher.HASH_LENGTH];
      algorithm.get().proof(input, input.length, share.hash().toArray(), proof);
      return new Claim(share, terms, algorithm.get(), input, proof);
    }

    Job job() {
      return terms.job();
    }

    boolean meets(Target target) {
      return target.isMetBy(proof);
    }

    boolean isBlock() {
      Target network = job().networkTarget();
      return network != null && meets(network);
    }

    Target networkTarget() {
      Target network = job().networkTarget();
      if (network == null) {
        throw new IllegalStateException("job=" + job().id() + " has no network target");
      }
      return network;
    }
  }
}
