package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.ShareFound;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShareIntakeTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));
  private static final NonceRange RANGE = NonceRange.ALL;
  private static final int FIT_INTO_THE_VERIFIER = 4;

  private final Rig rig = new Rig();
  private RecordingLink ann;
  private Assignment unit;

  @BeforeEach
  void leaseOneUnit() {
    rig.deliver(Replacement.NEW_TIP, RANGE, Rig.NETWORK_TARGET);
    ann = rig.connect(ANN, 10, 1);
    unit = ann.first();
    rig.dispatcher.progress(ANN, unit.ref(), 0, 1000);
    rig.deliver(Replacement.NEW_TIP, RANGE, Rig.NETWORK_TARGET);
    unit = ann.last();
  }

  @Test
  void neverAsksForMoreThanTheNetworkDoes() {
    assertThat(unit.shareTarget()).isEqualTo(Rig.NETWORK_TARGET);
  }

  @Test
  void creditsAShareOnceItsHashIsVerified() {
    send(1, plainShare());
    assertThat(ann.verdicts).isEmpty();

    rig.verify();

    assertThat(ann.verdicts).containsEntry(1L, new Verdict.FoundBlock());
    assertThat(rig.ledger.total().accepted()).isEqualTo(1);
  }

  @Test
  void submitsABlockBeforeItIsVerified() {
    long nonce = plainShare();
    send(1, nonce);

    assertThat(rig.submitted).singleElement().extracting(b -> b.nonce()).isEqualTo(nonce);
    assertThat(rig.store.blocks()).hasSize(1);
  }

  @Test
  void submitsABlockEvenIfNoMoreSharesCanBeVerified() {
    long nonce = fillVerifier();
    long next = share(nonce + 1);
    send(99, next);

    assertThat(rig.submitted).extracting(b -> b.nonce()).contains(next);
    assertThat(ann.busy).isTrue();
    assertThat(ann.verdicts).doesNotContainKey(99L);
  }

  @Test
  void submitsABlockOnceHoweverOftenItIsSent() {
    long next = share(fillVerifier() + 1);
    send(99, next);
    rig.verify();
    send(99, next);
    rig.verify();
    send(99, next);

    assertThat(rig.submitted.stream().filter(b -> b.nonce() == next)).hasSize(1);
    assertThat(ann.verdicts).containsEntry(99L, new Verdict.FoundBlock());
  }

  @Test
  void submitsALateBlockToo() {
    rig.deliver(Replacement.NEW_TIP, RANGE, Rig.NETWORK_TARGET);
    rig.advance(60);
    send(1, plainShare());
    rig.verify();

    assertThat(rig.submitted).hasSize(1);
    assertThat(ann.verdicts).containsEntry(1L, new Verdict.FoundBlock());
  }

  @Test
  void verifiesTheBlocksOfALiarBeforeItSubmitsThem() {
    sendClaim(1, 5, Bytes.copyOf(new byte[32]));
    rig.verify();
    assertThat(ann.verdicts).containsEntry(1L, rejected(Rejection.BAD_HASH));
    assertThat(rig.submitted).hasSize(1);

    sendClaim(2, 6, Bytes.copyOf(new byte[32]));
    rig.verify();
    assertThat(rig.submitted).hasSize(1);

    send(3, plainShare());
    assertThat(rig.submitted).hasSize(1);
    rig.verify();
    assertThat(rig.submitted).hasSize(2);
    assertThat(ann.verdicts).containsEntry(3L, new Verdict.FoundBlock());
  }

  @Test
  void answersARepeatWithTheSameVerdictAndCountsItOnce() {
    long nonce = plainShare();
    send(1, nonce);
    send(1, nonce);
    rig.verify();
    send(1, nonce);
    rig.verify();

    assertThat(ann.verdictCount).isEqualTo(2);
    assertThat(rig.ledger.total().accepted()).isEqualTo(1);
  }

  @Test
  void refusesTheSameNonceUnderAnotherResultId() {
    send(1, plainShare());
    send(2, plainShare());
    assertThat(ann.verdicts).isEmpty();

    rig.verify();
    assertThat(ann.verdicts)
        .containsEntry(1L, new Verdict.FoundBlock())
        .containsEntry(2L, rejected(Rejection.DUPLICATE));
    assertThat(rig.ledger.total().accepted()).isEqualTo(1);
  }

  @Test
  void judgesAShareByItselfIfTheOneBeforeItOfTheSameNonceWasWrong() {
    long nonce = plainShare();
    sendClaim(1, nonce, Bytes.copyOf(new byte[32]));
    send(2, nonce);
    send(3, nonce);
    rig.verify();
    rig.verify();

    assertThat(ann.verdicts)
        .containsEntry(1L, rejected(Rejection.BAD_HASH))
        .containsEntry(2L, new Verdict.FoundBlock())
        .containsEntry(3L, rejected(Rejection.DUPLICATE));
    assertThat(rig.ledger.total().accepted()).isEqualTo(1);
  }

  @Test
  void letsOnlySoManySharesWaitForOneOfTheSameNonce() {
    long nonce = plainShare();
    for (long id = 1; id <= 1 + Contests.MAX_WAITING; id++) {
      send(id, nonce);
    }
    assertThat(ann.busy).isFalse();
    send(5000, nonce);
    assertThat(ann.busy).isTrue();

    rig.verify();
    assertThat(ann.verdicts).hasSize(1 + Contests.MAX_WAITING).doesNotContainKey(5000L);
    send(5000, nonce);
    assertThat(ann.verdicts).containsEntry(5000L, rejected(Rejection.DUPLICATE));
  }

  @Test
  void namesEachFlaw() {
    long good = plainShare();
    long poor = 0;
    while (Rig.NETWORK_TARGET.isMetBy(rig.hash(unit.job(), poor).toArray())) {
      poor++;
    }
    long outside = unit.range().end();
    send(1, poor);
    send(2, outside);
    sendClaim(3, good, Bytes.copyOf(new byte[31]));
    report(ANN, new ShareFound(4, unit.ref(), "another", good, rig.hash(unit.job(), good)));
    UnitRef unknown = new UnitRef(unit.ref().unitId(), unit.ref().lease() + 1000);
    report(ANN, new ShareFound(5, unknown, unit.job().id(), good, rig.hash(unit.job(), good)));

    assertThat(ann.verdicts)
        .containsEntry(1L, rejected(Rejection.LOW_DIFFICULTY))
        .containsEntry(2L, rejected(Rejection.OUT_OF_RANGE))
        .containsEntry(3L, rejected(Rejection.MALFORMED))
        .containsEntry(4L, rejected(Rejection.MALFORMED))
        .containsEntry(5L, rejected(Rejection.UNKNOWN_UNIT));
    assertThat(rig.ledger.total().rejectedTotal()).isEqualTo(5);
    assertThat(rig.submitted).isEmpty();
  }

  @Test
  void refusesSharesUnderAnotherWorkersLease() {
    RecordingLink bob = rig.connect(BOB, 1000, 1);
    long good = plainShare();
    report(BOB, new ShareFound(1, unit.ref(), unit.job().id(), good, rig.hash(unit.job(), good)));

    assertThat(bob.verdicts).containsEntry(1L, rejected(Rejection.UNKNOWN_UNIT));
  }

  @Test
  void creditsALateShareUnderALostLease() {
    rig.advance(300);
    assertThat(ann.cancelled).containsKey(unit.ref());

    send(1, plainShare());
    rig.verify();

    assertThat(ann.verdicts).containsEntry(1L, new Verdict.FoundBlock());
  }

  private static Verdict rejected(Rejection reason) {
    return new Verdict.Rejected(reason);
  }

  /** Leaves no room in the verifier, and answers the last nonce that was used for it. */
  private long fillVerifier() {
    long nonce = -1;
    for (int i = 1; i <= FIT_INTO_THE_VERIFIER; i++) {
      nonce = share(nonce + 1);
      send(i, nonce);
    }
    assertThat(rig.verifier.room()).isZero();
    assertThat(ann.busy).isFalse();
    return nonce;
  }

  private long plainShare() {
    return share(unit.range().start());
  }

  private long share(long from) {
    return rig.nonceMeeting(unit, from, unit.shareTarget(), null);
  }

  private void send(long resultId, long nonce) {
    sendClaim(resultId, nonce, rig.hash(unit.job(), nonce));
  }

  private void sendClaim(long resultId, long nonce, Bytes hash) {
    report(ANN, new ShareFound(resultId, unit.ref(), unit.job().id(), nonce, hash));
  }

  private void report(PeerId peer, ShareFound share) {
    rig.dispatcher.result(peer, share);
    rig.owner.drain();
  }
}
