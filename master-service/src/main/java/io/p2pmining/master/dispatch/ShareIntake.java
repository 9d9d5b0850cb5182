package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.verify.Verification;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.ShareFound;
import io.p2pmining.master.work.WorkSettings;
import java.math.BigInteger;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges shares: the cheap checks at once, the hash on the verifier's pool, and a block goes to its
 * source before either. Owned by the dispatcher's thread.
 */
final class ShareIntake {

  /**
   * Nonces of all jobs that are remembered, so that none is credited twice: 64 MiB. Past it those
   * of the jobs that arrived first are forgotten, whose leases are forgotten by then too.
   */
  private static final int MAX_NONCES = 4_000_000;

  /** Room in the verifier that is left to new shares while old ones are recomputed. */
  private static final int KEPT_FREE = 1;

  private final PowAlgorithms algorithms;
  private final JobBoard board;
  private final Leases leases;
  private final ShareLedger ledger;
  private final Verifier verifier;
  private final Journal journal;
  private final Verdicts verdicts;
  private final BlockDesk blocks;
  private final WorkSettings settings;
  private final WorkEvents events;
  private final Oversight oversight;
  private final Redos redos;
  private final Clock clock;
  private final Executor owner;
  private final Function<String, Optional<JobSource>> sources;
  private final LinkedHashMap<String, CreditedNonces> creditedNonces = new LinkedHashMap<>();
  private int nonces;
  private final Unverified<Credited> unverified = new Unverified<>();

  ShareIntake(
      PowAlgorithms algorithms,
      JobBoard board,
      Leases leases,
      ShareLedger ledger,
      Verifier verifier,
      Journal journal,
      Verdicts verdicts,
      BlockDesk blocks,
      WorkSettings settings,
      WorkEvents events,
      Oversight oversight,
      Redos redos,
      Clock clock,
      Executor owner,
      Function<String, Optional<JobSource>> sources) {
    this.algorithms = algorithms;
    this.board = board;
    this.leases = leases;
    this.ledger = ledger;
    this.verifier = verifier;
    this.journal = journal;
    this.verdicts = verdicts;
    this.blocks = blocks;
    this.settings = settings;
    this.events = events;
    this.oversight = oversight;
    this.redos = redos;
    this.clock = clock;
    this.owner = owner;
    this.sources = sources;
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
    if (flaw != null) {
      reject(worker, share, flaw);
      return;
    }
    boolean first = oversight.found(share.ref(), share.nonce(), share.hash());
    boolean redone =
        redos.reported(worker.peer(), share.ref(), share.nonce(), share.hash(), share.resultId());
    int mark = CreditedNonces.mark(worker.peer(), share.resultId());
    int creditedBy = creditFirst(claim.job().id(), share.nonce(), mark);
    if (creditedBy == mark) {
      worker.endVerification(share.resultId());
      verdicts.give(worker, share.resultId(), claim.verdict());
      return;
    }
    if (creditedBy != 0 && redone) {
      // What the first search has found, the second one has to find.
      worker.endVerification(share.resultId());
      verdicts.accept(worker, share.resultId());
      return;
    }
    if (creditedBy != 0) {
      rejectDuplicate(worker, share, first);
      return;
    }
    if (claim.isBlock()) {
      if (oversight.isBelievedAboutBlocks(worker.peer())) {
        submitBlock(worker, claim);
      }
    } else if (!redone
        && !board.credits(claim.job().id(), settings.staleGrace(), clock.instant())) {
      uncredit(claim);
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

  private void rejectDuplicate(Worker worker, ShareFound share, boolean firstOfLease) {
    if (firstOfLease) {
      // Another worker had found it before it lost its lease on the range.
      rejectWithoutBlame(worker, share, Rejection.DUPLICATE);
    } else {
      reject(worker, share, Rejection.DUPLICATE);
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
    return null;
  }

  /** Takes up what was credited before this process. */
  void restore(String jobId, long nonce, PeerId peer, long resultId) {
    creditFirst(jobId, nonce, CreditedNonces.mark(peer, resultId));
  }

  /**
   * Credits a nonce unless it is; answers 0 if it was not, else the mark of the result by which.
   */
  private int creditFirst(String jobId, long nonce, int mark) {
    while (nonces >= MAX_NONCES && creditedNonces.size() > 1) {
      nonces -= creditedNonces.pollFirstEntry().getValue().size();
    }
    int before =
        creditedNonces.computeIfAbsent(jobId, id -> new CreditedNonces()).credit(nonce, mark);
    if (before == 0) {
      nonces++;
    }
    return before;
  }

  private void submitBlock(Worker worker, Claim claim) {
    blocks.found(
        claim.job(),
        claim.share().nonce(),
        claim.share().hash(),
        claim.networkTarget(),
        worker.peer());
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
        if (claim.isBlock()) {
          oversight.claimedBlockFalsely(worker.peer());
        }
        reject(worker, share, Rejection.BAD_HASH);
        doubt(worker.peer());
      }
      case Verification.Impossible(String reason) ->
          refuse(worker, claim, "shares cannot be verified: " + reason);
    }
  }

  /** From now on everything that a peer was credited for on trust is recomputed. */
  void doubt(PeerId peer) {
    unverified.doubt(peer);
    recheck();
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
      board.sharesFound(credited.share.jobId(), -1);
      journal.shareRevoked(credited.share, Rejection.BAD_HASH);
      events.shareRejected(credited.peer, credited.share.jobId(), Rejection.BAD_HASH);
      oversight.rejected(credited.peer, Rejection.BAD_HASH);
    }
  }

  private Share credit(Worker worker, Claim claim) {
    ShareFound share = claim.share();
    if (claim.isBlock()) {
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
            claim.meetsJob(),
            clock.instant());
    board.sharesFound(claim.job().id(), 1);
    journal.shareAccepted(accepted, share.ref(), share.resultId());
    worker.endVerification(share.resultId());
    verdicts.give(worker, share.resultId(), claim.verdict());
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
    ledger.reject(reason);
    journal.shareRejected(worker.peer(), reason);
    worker.endVerification(share.resultId());
    verdicts.reject(worker, share.resultId(), reason);
    events.shareRejected(worker.peer(), share.jobId(), reason);
  }

  /** Gives no verdict: the worker keeps the share and sends it again when it comes back. */
  private void refuse(Worker worker, Claim claim, String detail) {
    uncredit(claim);
    worker.endVerification(claim.share().resultId());
    worker.refuse(detail);
  }

  private void uncredit(Claim claim) {
    CreditedNonces credited = creditedNonces.get(claim.job().id());
    if (credited != null) {
      nonces -= credited.size();
      credited.revoke(claim.share().nonce());
      nonces += credited.size();
    }
  }

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

    /** Whether it meets what the job is about. */
    boolean meetsJob() {
      Target network = job().networkTarget();
      return network != null && meets(network);
    }

    /** Whether it goes to a chain. */
    boolean isBlock() {
      return job().finite() == null && meetsJob();
    }

    Verdict verdict() {
      return isBlock() ? new Verdict.FoundBlock() : new Verdict.Accepted();
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
