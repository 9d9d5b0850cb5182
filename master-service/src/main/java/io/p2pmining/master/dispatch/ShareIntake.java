package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.master.job.JobBoard;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.share.ShareLedger;
import io.p2pmining.master.store.Journal;
import io.p2pmining.master.verify.Verification;
import io.p2pmining.master.verify.Verifier;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.WorkResult.ShareFound;
import io.p2pmining.master.work.WorkSettings;
import java.math.BigInteger;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
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
  private final Supplier<WorkSettings> settings;
  private final WorkEvents events;
  private final Oversight oversight;
  private final Redos redos;
  private final Clock clock;
  private final Executor owner;
  private final Function<String, Optional<JobSource>> sources;
  private final LinkedHashMap<String, CreditedNonces> creditedNonces = new LinkedHashMap<>();
  private int nonces;
  private final Unverified<Credited> unverified = new Unverified<>();
  private final Contests<Contender> contests = new Contests<>();

  ShareIntake(
      PowAlgorithms algorithms,
      JobBoard board,
      Leases leases,
      ShareLedger ledger,
      Verifier verifier,
      Journal journal,
      Verdicts verdicts,
      BlockDesk blocks,
      Supplier<WorkSettings> settings,
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
    if (!worker.openResults().beginVerification(share.resultId())) {
      return;
    }
    Leases.Terms terms = leases.of(share.ref(), worker.peer());
    if (terms == null) {
      reject(worker, share, Rejection.UNKNOWN_UNIT);
      return;
    }
    ShareClaim claim = ShareClaim.of(share, terms, algorithms);
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
        redos.reported(worker.peer(), share.ref(), share.nonce(), share.hash(), share.resultId())
            || (terms.again() && first);
    boolean inTime =
        claim.isBlock()
            || redone
            || board.credits(claim.job().id(), settings.get().staleGrace(), clock.instant());
    judge(new Contender(worker, claim, first, redone, inTime));
  }

  /** Decides on a claim, or lets it wait for another one on its nonce that is being verified. */
  private void judge(Contender contender) {
    Worker worker = contender.worker;
    ShareClaim claim = contender.claim;
    ShareFound share = claim.share();
    int creditedBy = creditedBy(claim.job().id(), share.nonce());
    if (creditedBy == CreditedNonces.mark(worker.peer(), share.resultId())) {
      worker.openResults().endVerification(share.resultId());
      verdicts.give(worker, share.resultId(), claim.verdict());
      return;
    }
    if (creditedBy != 0 && contender.redone) {
      // What the first search has found, the second one has to find, also if it was called off.
      worker.openResults().endVerification(share.resultId());
      verdicts.accept(worker, share.resultId());
      return;
    }
    if (creditedBy != 0) {
      rejectDuplicate(worker, share, contender.firstOfLease || claim.terms().again());
      return;
    }
    if (claim.isBlock() && oversight.isBelievedAboutBlocks(worker.peer())) {
      submitBlock(worker, claim);
    }
    if (contests.isOpen(claim.job().id(), share.nonce())) {
      if (!contests.await(claim.job().id(), share.nonce(), contender)) {
        refuse(worker, claim, "too many shares wait for others of the same nonce");
      }
      return;
    }
    if (!contender.inTime) {
      reject(worker, share, Rejection.STALE);
      return;
    }
    if (!claim.isBlock() && !oversight.verifies(worker.peer())) {
      unverified.add(worker.peer(), new Credited(worker.peer(), claim, credit(worker, claim)));
      return;
    }
    verify(worker, claim);
  }

  private void verify(Worker worker, ShareClaim claim) {
    boolean queued =
        verifier.verify(
            claim.algorithm(),
            claim.job().seedHash(),
            claim.input(),
            claim.share().hash(),
            outcome -> owner.execute(() -> verified(worker, claim, outcome)));
    if (queued) {
      contests.open(claim.job().id(), claim.share().nonce());
    } else {
      refuse(worker, claim, "too many shares wait to be verified");
    }
  }

  private void rejectDuplicate(Worker worker, ShareFound share, boolean foundByOthers) {
    if (foundByOthers) {
      // Another worker had found it, before it lost its lease on the range or searched all of it.
      rejectWithoutBlame(worker, share, Rejection.DUPLICATE);
    } else {
      reject(worker, share, Rejection.DUPLICATE);
    }
  }

  /** What is wrong with a claim that can be seen without hashing; null if nothing is. */
  private @Nullable Rejection flawOf(ShareClaim claim) {
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
    creditNonce(jobId, nonce, CreditedNonces.mark(peer, resultId));
  }

  /** The mark of the result by which a nonce was credited; 0 if it was not. */
  private int creditedBy(String jobId, long nonce) {
    CreditedNonces credited = creditedNonces.get(jobId);
    return credited == null ? 0 : credited.find(nonce);
  }

  private void creditNonce(String jobId, long nonce, int mark) {
    while (nonces >= MAX_NONCES && creditedNonces.size() > 1) {
      nonces -= creditedNonces.pollFirstEntry().getValue().size();
    }
    int before =
        creditedNonces.computeIfAbsent(jobId, id -> new CreditedNonces()).credit(nonce, mark);
    if (before == 0) {
      nonces++;
    }
  }

  private void submitBlock(Worker worker, ShareClaim claim) {
    blocks.found(
        claim.job(),
        claim.share().nonce(),
        claim.share().hash(),
        claim.networkTarget(),
        worker.peer());
  }

  private void verified(Worker worker, ShareClaim claim, Verification outcome) {
    ShareFound share = claim.share();
    List<Contender> others = contests.close(claim.job().id(), share.nonce());
    switch (outcome) {
      case Verification.Correct() -> {
        oversight.confirmed(worker.peer());
        var unused = credit(worker, claim);
      }
      case Verification.Wrong() -> {
        if (claim.isBlock()) {
          oversight.claimedBlockFalsely(worker.peer());
        }
        reject(worker, share, Rejection.BAD_HASH);
        doubt(worker.peer());
      }
      case Verification.Impossible(String reason) ->
          refuse(worker, claim, "shares cannot be verified: " + reason);
    }
    others.forEach(this::judge);
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

  private Share credit(Worker worker, ShareClaim claim) {
    ShareFound share = claim.share();
    creditNonce(
        claim.job().id(), share.nonce(), CreditedNonces.mark(worker.peer(), share.resultId()));
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
    worker.openResults().endVerification(share.resultId());
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
    worker.openResults().endVerification(share.resultId());
    verdicts.reject(worker, share.resultId(), reason);
    events.shareRejected(worker.peer(), share.jobId(), reason);
  }

  /** Gives no verdict: the worker keeps the share and sends it again when it comes back. */
  private void refuse(Worker worker, ShareClaim claim, String detail) {
    worker.openResults().endVerification(claim.share().resultId());
    worker.refuse(detail);
  }

  private void uncredit(ShareClaim claim) {
    CreditedNonces credited = creditedNonces.get(claim.job().id());
    if (credited != null) {
      nonces -= credited.size();
      credited.revoke(claim.share().nonce());
      nonces += credited.size();
    }
  }

  /**
   * A claim that may be credited.
   *
   * @param firstOfLease whether its nonce was not reported before under its lease
   * @param redone whether it was found where a range is searched once more
   * @param inTime whether its job still counted when it came
   */
  private record Contender(
      Worker worker, ShareClaim claim, boolean firstOfLease, boolean redone, boolean inTime) {}

  /** A share that was credited without being recomputed. */
  private record Credited(PeerId peer, ShareClaim claim, Share share) {}
}
