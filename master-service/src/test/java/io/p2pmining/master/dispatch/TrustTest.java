package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.store.Recovered;
import io.p2pmining.master.trust.SamplingSettings.Mode;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import io.p2pmining.master.work.WorkResult.ShareFound;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of shares of peers that are trusted, and of those that lie. */
class TrustTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));
  private static final Target HARD = Target.forDifficulty(1_000_000_000);

  /** Half of the shares are recomputed after two right ones. */
  private final Rig rig = new Rig(Mode.SAMPLED, Duration.ofSeconds(1));

  private RecordingLink ann = new RecordingLink();
  private Assignment unit;
  private long resultId;
  private long nonce = -1;

  @Test
  void aStrangersSharesWaitForTheVerifier() {
    begin(HARD);
    rig.chance = 0.99;
    long id = sendRight();

    assertThat(ann.verdicts).isEmpty();
    rig.verify();
    assertThat(ann.verdicts).containsEntry(id, new Verdict.Accepted());
  }

  @Test
  void aTrustedPeersSharesAreSampled() {
    begin(HARD);
    earnTrust();

    rig.chance = 0.51;
    long passed = sendRight();
    assertThat(ann.verdicts).containsEntry(passed, new Verdict.Accepted());

    rig.chance = 0.49;
    long sampled = sendRight();
    assertThat(ann.verdicts).doesNotContainKey(sampled);
    rig.verify();
    assertThat(ann.verdicts).containsEntry(sampled, new Verdict.Accepted());
    assertThat(rig.ledger.total().accepted()).isEqualTo(4);
  }

  @Test
  void judgesAShareByWhenItCameHoweverLongItWaitsForALie() {
    begin(HARD);
    nonce = rig.nonceMeeting(unit, nonce + 1, unit.shareTarget(), null);
    long lie = send(nonce, invented());
    long honest = send(nonce, rig.hash(unit.job(), nonce));
    rig.deliver(Replacement.NEW_TIP, NonceRange.ALL, HARD);
    rig.advance(60);
    rig.verify();
    rig.verify();

    assertThat(ann.verdicts)
        .containsEntry(lie, new Verdict.Rejected(Rejection.BAD_HASH))
        .containsEntry(honest, new Verdict.Accepted());
  }

  @Test
  void blocksNeverRideOnTrust() {
    begin(Rig.NETWORK_TARGET);
    earnTrust();
    rig.chance = 0.99;
    nonce = rig.nonceMeeting(unit, nonce + 1, Rig.NETWORK_TARGET, null);
    long id = send(nonce, rig.hash(unit.job(), nonce));

    assertThat(rig.submitted).isNotEmpty().last().extracting(b -> b.nonce()).isEqualTo(nonce);
    assertThat(ann.verdicts).doesNotContainKey(id);
  }

  @Test
  void oneWrongShareEndsTrustAndWhatWasPassedIsRecomputed() {
    begin(HARD);
    earnTrust();
    rig.chance = 0.99;
    long honest = sendRight();
    long lie = sendWrong();
    assertThat(ann.verdicts)
        .containsEntry(honest, new Verdict.Accepted())
        .containsEntry(lie, new Verdict.Accepted());
    assertThat(rig.ledger.total().accepted()).isEqualTo(4);

    rig.chance = 0;
    long caught = sendWrong();
    rig.verify();
    rig.verify();

    assertThat(ann.verdicts).containsEntry(caught, new Verdict.Rejected(Rejection.BAD_HASH));
    assertThat(rig.conduct.of(ANN).sampledPart()).isEqualTo(1);
    assertThat(rig.ledger.total().accepted()).isEqualTo(3);
    assertThat(rig.ledger.total().rejected()).containsEntry(Rejection.BAD_HASH, 2L);
    assertThat(rig.store.shares()).hasSize(3);
    assertThat(rig.ledger.revoked()).isEqualTo(1);
  }

  @Test
  void moreLiesThanTheVerifierHoldsAreAllFoundInTime() {
    begin(HARD);
    earnTrust();
    rig.chance = 0.99;
    for (int i = 0; i < 10; i++) {
      sendWrong();
    }
    rig.chance = 0;
    sendWrong();
    for (int i = 0; i < 10; i++) {
      rig.verify();
      rig.advance(1);
    }

    assertThat(rig.ledger.total().accepted()).isEqualTo(2);
    assertThat(rig.ledger.total().rejected()).containsEntry(Rejection.BAD_HASH, 11L);
  }

  @Test
  void threeLiesCostAllWork() {
    begin(HARD);
    for (int i = 0; i < 3; i++) {
      sendWrong();
      rig.verify();
    }

    assertThat(rig.standings.of(ANN).state()).isEqualTo(ServiceState.QUARANTINED);
    assertThat(rig.standings.of(ANN).reason()).contains("3 shares with a wrong hash");
    assertThat(ann.cancelled).containsKey(unit.ref());
    assertThat(ann.noWork).containsExactly(NoWorkReason.DRAINING);

    int before = ann.assigned.size();
    rig.advance(601);
    assertThat(rig.standings.of(ANN).allowsWork()).isTrue();
    assertThat(ann.assigned).hasSizeGreaterThan(before);
  }

  @Test
  void aRestartGivesALiarNoFreshRecord() {
    begin(HARD);
    earnTrust();
    for (int i = 0; i < 3; i++) {
      sendWrong();
      rig.verify();
    }
    Recovered left = rig.store.recover();

    assertThat(left.standings().get(ANN)).isEqualTo(rig.standings.of(ANN));
    assertThat(left.conducts().get(ANN).rightShares()).isZero();
    assertThat(left.conducts().get(ANN).quarantines()).isEqualTo(1);

    rig.advance(601);
    assertThat(rig.store.recover().standings()).isEmpty();
  }

  @Test
  void newTrustIsWrittenWithinAMinute() {
    begin(HARD);
    earnTrust();
    rig.advance(59);
    assertThat(rig.store.recover().conducts()).isEmpty();

    rig.advance(1);
    assertThat(rig.store.recover().conducts().get(ANN).rightShares()).isEqualTo(2);
  }

  @Test
  void aShareThatAnotherFoundBeforeItLostItsLeaseIsNobodysFault() {
    begin(HARD);
    sendRight();
    rig.verify();
    rig.dispatcher.peerGone(ANN, ann, false);
    RecordingLink bob = rig.connect(BOB, 1000, 1);
    for (int i = 0; i < 10; i++) {
      rig.dispatcher.result(
          BOB,
          new ShareFound(
              i, bob.first().ref(), unit.job().id(), nonce, rig.hash(unit.job(), nonce)));
      rig.owner.drain();
      if (i == 0) {
        assertThat(bob.verdicts).containsEntry(0L, new Verdict.Rejected(Rejection.DUPLICATE));
      } else if (i < 5) {
        assertThat(rig.standings.of(BOB).allowsWork()).as("repeat " + i).isTrue();
      }
    }

    assertThat(rig.standings.of(BOB).reason()).contains("duplicate");
  }

  @Test
  void whoFindsTooFewSharesIsFlagged() {
    begin(HARD);
    RecordingLink bob = rig.connect(BOB, 1000, 1);
    for (int i = 0; i < 100; i++) {
      rig.advance(20);
      complete(BOB, bob.last(), i);
    }

    assertThat(rig.conduct.of(BOB).flag())
        .isNotNull()
        .satisfies(flag -> assertThat(flag.foundShares()).isZero())
        .satisfies(flag -> assertThat(flag.sentence()).startsWith("0 shares found in"));
    assertThat(rig.conduct.of(ANN).flag()).isNull();
  }

  @Test
  void countsTheSharesOfCompletedRangesWhetherVerifiedOrNot() {
    begin(HARD);
    sendRight();
    sendRight();
    complete(ANN, unit, 1000);

    assertThat(rig.conduct.of(ANN).foundShares()).isEqualTo(2);
    double odds = 1 / unit.shareTarget().difficulty().doubleValue();
    assertThat(rig.conduct.of(ANN).expectedShares())
        .isBetween(0.999 * odds * unit.range().count(), 1.001 * odds * unit.range().count());
  }

  private void begin(Target network) {
    rig.deliver(Replacement.NEW_TIP, NonceRange.ALL, network);
    ann = rig.connect(ANN, 1000, 1);
    unit = ann.first();
  }

  /** Two right shares, or blocks where shares are no easier. */
  private void earnTrust() {
    rig.chance = 0;
    for (int i = 0; i < 2; i++) {
      sendRight();
      rig.verify();
    }
    assertThat(rig.conduct.of(ANN).sampledPart()).isEqualTo(0.5);
  }

  private long sendRight() {
    nonce = rig.nonceMeeting(unit, nonce + 1, unit.shareTarget(), null);
    return send(nonce, rig.hash(unit.job(), nonce));
  }

  private long sendWrong() {
    return send(++nonce, invented());
  }

  /** A hash of nothing that meets the share's target and not the network's. */
  private static Bytes invented() {
    byte[] invented = HARD.toLittleEndian();
    invented[Target.LENGTH - 1] = 0;
    invented[28] = 8;
    return Bytes.copyOf(invented);
  }

  private long send(long at, Bytes hash) {
    resultId++;
    rig.dispatcher.result(ANN, new ShareFound(resultId, unit.ref(), unit.job().id(), at, hash));
    rig.owner.drain();
    return resultId;
  }

  private void complete(PeerId peer, Assignment done, long id) {
    rig.dispatcher.result(
        peer, new RangeCompleted(id, done.ref(), done.range().count(), Duration.ofSeconds(20)));
    rig.owner.drain();
  }
}
