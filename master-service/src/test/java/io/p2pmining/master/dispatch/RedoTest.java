package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.trust.SamplingSettings.Mode;
import io.p2pmining.master.trust.TrustSettings;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Redone;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import io.p2pmining.master.work.WorkResult.RangeFailed;
import io.p2pmining.master.work.WorkResult.ShareFound;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ranges of finite jobs that another peer searches once more. */
class RedoTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));
  private static final Target SHARE = Target.forDifficulty(20);
  private static final Duration TIME = Duration.ofSeconds(1);
  private static final int NONCES = 1000;

  /** Everything is searched again for which there is somebody. */
  private final Rig rig = new Rig(Mode.FULL, Duration.ofSeconds(30), new TrustSettings(1));

  private RecordingLink ann = new RecordingLink();
  private RecordingLink bob = new RecordingLink();
  private Job job;
  private long resultId;

  @Test
  void bothFindTheSameAndNothingCountsTwice() {
    Assignment unit = annSearches();
    long shares = reportAll(ANN, unit);
    complete(ANN, unit);
    assertThat(shares).isGreaterThan(10);
    assertThat(stateOfJob()).as("waits for nobody").isEqualTo(JobState.COMPLETED);

    Assignment again = bobSearchesAgain(unit);
    assertThat(reportAll(BOB, again)).isEqualTo(shares);
    assertThat(bob.verdicts.values()).hasSize((int) shares).containsOnly(new Verdict.Accepted());
    complete(BOB, again);

    assertThat(rig.redones.compared)
        .containsExactly(
            new Redone(
                again.ref(), job.id(), ANN, BOB, unit.range(), shares, 0, 0, rig.clock.instant()));
    assertThat(rig.store.redos()).isEqualTo(rig.redones.compared);
    assertThat(rig.redones.omissions).isEmpty();
    assertThat(rig.ledger.total().accepted()).isEqualTo(shares);
    assertThat(rig.ledger.total().rejected()).isEmpty();
    assertThat(rig.board.find(job.id()).orElseThrow().progress().searched()).isEqualTo(NONCES);
  }

  @Test
  void whoDidNotSearchIsFoundOutAndTheJobGetsWhatItMissed() {
    Assignment unit = annSearches();
    complete(ANN, unit);
    Assignment again = bobSearchesAgain(unit);
    long shares = reportAll(BOB, again);
    complete(BOB, again);
    verifyAll();

    assertThat(rig.redones.compared)
        .singleElement()
        .satisfies(redone -> assertThat(redone.missedByFirst()).isEqualTo(shares))
        .satisfies(redone -> assertThat(redone.missedBySecond()).isZero());
    assertThat(rig.conduct.of(ANN).omission()).isEqualTo(rig.redones.omissions.get(ANN));
    assertThat(rig.redones.omissions.get(ANN).sentence())
        .startsWith(shares + " of " + shares + " shares missed");
    assertThat(rig.standings.of(ANN).state()).isEqualTo(ServiceState.QUARANTINED);
    assertThat(rig.standings.of(ANN).reason()).contains("missed in searched ranges");
    assertThat(rig.standings.of(BOB).allowsWork()).isTrue();
    assertThat(rig.store.shares()).hasSize((int) shares);
    assertThat(rig.store.recover().conducts().get(ANN).omission()).isNotNull();
  }

  @Test
  void whoDidNotSearchAgainIsFoundOutToo() {
    Assignment unit = annSearches();
    reportAll(ANN, unit);
    complete(ANN, unit);
    complete(BOB, bobSearchesAgain(unit));
    verifyAll();

    assertThat(rig.redones.omissions).containsOnlyKeys(BOB);
    assertThat(rig.standings.of(BOB).state()).isEqualTo(ServiceState.QUARANTINED);
    assertThat(rig.standings.of(ANN).allowsWork()).isTrue();
  }

  @Test
  void nobodyIsBlamedForMissingWhatIsNoShare() {
    Assignment unit = annSearches();
    rig.dispatcher.result(
        ANN, new ShareFound(++resultId, unit.ref(), job.id(), 3, Bytes.copyOf(new byte[32])));
    rig.owner.drain();
    rig.verify();
    assertThat(ann.verdicts).containsEntry(resultId, new Verdict.Rejected(Rejection.BAD_HASH));
    long shares = reportAll(ANN, unit);
    complete(ANN, unit);
    Assignment again = bobSearchesAgain(unit);
    reportAll(BOB, again);
    complete(BOB, again);
    verifyAll();

    assertThat(rig.redones.compared)
        .singleElement()
        .satisfies(redone -> assertThat(redone.shares()).isEqualTo(shares));
    assertThat(rig.redones.omissions).isEmpty();
  }

  @Test
  void aMatchIsAcceptedAgainWhenItIsSentAgainButNotUnderAnotherId() {
    Assignment unit = annSearches();
    reportAll(ANN, unit);
    complete(ANN, unit);
    Assignment again = bobSearchesAgain(unit);
    long nonce = rig.nonceMeeting(again, 0, SHARE, null);
    report(BOB, again, nonce, 5000);
    report(BOB, again, nonce, 5000);
    assertThat(bob.verdicts).isEqualTo(Map.of(5000L, new Verdict.Accepted()));
    assertThat(bob.verdictCount).isEqualTo(2);

    report(BOB, again, nonce, 5001);
    assertThat(bob.verdicts).containsEntry(5001L, new Verdict.Rejected(Rejection.DUPLICATE));
  }

  @Test
  void slowPeersSearchAPartAgain() {
    Assignment unit = annSearches();
    reportAll(ANN, unit);
    complete(ANN, unit);
    bob = rig.connect(BOB, 5, 1);
    Assignment again = bob.first();
    assertThat(again.range()).isEqualTo(new NonceRange(0, 100));

    long shares = reportAll(BOB, again);
    complete(BOB, again);
    assertThat(rig.redones.compared)
        .singleElement()
        .satisfies(redone -> assertThat(redone.shares()).isEqualTo(shares))
        .satisfies(redone -> assertThat(redone.matched()).isEqualTo(shares));
  }

  @Test
  void noUnitOfAFiniteJobWaitsBehindASecondSearch() {
    ann = rig.connect(ANN, 5000, 1);
    bob = rig.connect(BOB, 100, 0);
    post();
    rig.dispatcher.postings().addUnit(job.id(), new NonceRange(100_000, 5000), Receipt.none());
    rig.owner.drain();
    complete(ANN, ann.last());
    rig.dispatcher.depthRequested(BOB, 2, List.of());
    rig.owner.drain();
    assertThat(rig.queue.pendingNonces(job.id())).isPositive();
    assertThat(bob.assigned)
        .singleElement()
        .satisfies(again -> assertThat(again.ref().unitId()).isEqualTo(ann.first().ref().unitId()));

    complete(BOB, bob.last());
    assertThat(bob.assigned).hasSize(3);
    assertThat(bob.last().range().start()).isGreaterThanOrEqualTo(100_000);
  }

  @Test
  void nothingIsSearchedAgainWithoutAnotherPeer() {
    ann = rig.connect(ANN, 10_000, 1);
    post();
    complete(ANN, ann.last());
    bob = rig.connect(BOB, 10_000, 1);
    rig.advance(1);

    assertThat(bob.assigned).isEmpty();
  }

  @Test
  void jobsOfSourcesAreNotSearchedAgain() {
    ann = rig.connect(ANN, 100, 1);
    bob = rig.connect(BOB, 100, 1);
    rig.deliver(Replacement.NEW_TIP, NonceRange.ALL, null);
    Assignment unit = ann.last();
    complete(ANN, unit);
    complete(BOB, bob.last());
    rig.advance(1);

    assertThat(bob.assigned).hasSize(2);
    assertThat(bob.assigned).extracting(Assignment::range).doesNotContain(unit.range());
  }

  @Test
  void aJobThatIsCancelledIsNotSearchedAgain() {
    Assignment unit = annSearches();
    rig.dispatcher.postings().addUnit(job.id(), new NonceRange(100_000, 500), Receipt.none());
    rig.owner.drain();
    long found = rig.nonceMeeting(unit, 0, SHARE, null);
    report(ANN, unit, found, 4000);
    rig.verify();
    complete(ANN, unit);
    Assignment again = bobSearchesAgain(unit);
    rig.dispatcher.postings().cancelJob(job.id());
    rig.owner.drain();

    assertThat(bob.cancelled).containsEntry(again.ref(), CancelReason.JOB_ENDED);
    report(BOB, again, found, 5000);
    assertThat(bob.verdicts).as("it was on its way").containsEntry(5000L, new Verdict.Accepted());
    report(BOB, again, found, 5001);
    assertThat(bob.verdicts).containsEntry(5001L, new Verdict.Rejected(Rejection.DUPLICATE));
    complete(BOB, again);
    assertThat(rig.redones.compared).isEmpty();
  }

  /** As a worker does that lost its connection, and with it the answers. */
  @Test
  void nobodyIsBlamedForSendingAgainWhatWasFoundInASearchThatWasCalledOff() {
    Assignment unit = annSearches();
    rig.dispatcher.postings().addUnit(job.id(), new NonceRange(100_000, 500), Receipt.none());
    rig.owner.drain();
    reportAll(ANN, unit);
    complete(ANN, unit);
    Assignment again = bobSearchesAgain(unit);
    long before = resultId;
    long shares = reportAll(BOB, again);
    rig.dispatcher.postings().cancelJob(job.id());
    rig.owner.drain();
    assertThat(shares).isGreaterThan(20);

    resultId = before;
    reportAll(BOB, again);

    assertThat(rig.standings.of(BOB).allowsWork()).isTrue();
  }

  @Test
  void whatIsGivenUpIsNotCompared() {
    Assignment unit = annSearches();
    complete(ANN, unit);
    Assignment again = bobSearchesAgain(unit);
    rig.dispatcher.peerGone(BOB, bob, true);
    RecordingLink back = new RecordingLink();
    rig.dispatcher.peerReady(rig.profile(BOB, 10_000), back);
    rig.dispatcher.depthRequested(BOB, 1, List.of(again.ref()));
    rig.owner.drain();
    assertThat(back.cancelled).as("it goes on with it").isEmpty();

    rig.dispatcher.result(BOB, new RangeFailed(++resultId, again.ref(), 5, "out of memory"));
    rig.owner.drain();
    assertThat(back.verdicts).containsEntry(resultId, new Verdict.Accepted());
    complete(BOB, again);
    assertThat(back.verdicts).containsEntry(resultId, new Verdict.Rejected(Rejection.STALE));
    assertThat(rig.redones.compared).isEmpty();
  }

  @Test
  void aSecondSearchThatDoesNotGetOnIsDropped() {
    Assignment unit = annSearches();
    complete(ANN, unit);
    Assignment again = bobSearchesAgain(unit);
    rig.advance(20);
    rig.dispatcher.progress(BOB, again.ref(), 10, 100);
    rig.advance(20);
    assertThat(bob.cancelled).as("its progress was heard of").isEmpty();
    rig.advance(60);
    assertThat(bob.cancelled).containsEntry(again.ref(), CancelReason.LEASE_LOST);

    complete(BOB, again);
    assertThat(rig.redones.compared).isEmpty();
  }

  /** Bob is there, but asks for nothing yet: the whole job is Ann's. */
  private Assignment annSearches() {
    ann = rig.connect(ANN, 10_000, 1);
    bob = rig.connect(BOB, 10_000, 0);
    post();
    assertThat(ann.last().range()).isEqualTo(new NonceRange(0, NONCES));
    return ann.last();
  }

  private void post() {
    job =
        new Job(
            "posted",
            Postings.SOURCE,
            "sha256d",
            Bytes.copyOf(new byte[] {7, 0, 0, 0, 0}),
            1,
            new NonceRange(0, NONCES),
            Bytes.EMPTY,
            Bytes.EMPTY,
            null,
            0,
            Bytes.EMPTY,
            rig.clock.instant(),
            new FiniteTerms(FiniteTerms.DEFAULT_PRIORITY, SHARE, 0),
            null);
    rig.dispatcher.postings().post(job, Receipt.none());
    rig.owner.drain();
  }

  private Assignment bobSearchesAgain(Assignment unit) {
    rig.dispatcher.depthRequested(BOB, 1, List.of());
    rig.owner.drain();
    Assignment again = bob.last();
    assertThat(again.range()).isEqualTo(unit.range());
    assertThat(again.ref().unitId()).isEqualTo(unit.ref().unitId());
    assertThat(again.ref()).isNotEqualTo(unit.ref());
    return again;
  }

  private JobState stateOfJob() {
    return rig.board.find(job.id()).orElseThrow().state();
  }

  /** Reports every share of a range, and answers how many there are. */
  private long reportAll(PeerId peer, Assignment unit) {
    long shares = 0;
    for (long nonce = unit.range().start(); nonce < unit.range().end(); nonce++) {
      if (SHARE.isMetBy(rig.hash(job, nonce).toArray())) {
        report(peer, unit, nonce, ++resultId);
        rig.verify();
        shares++;
      }
    }
    return shares;
  }

  private void report(PeerId peer, Assignment unit, long nonce, long id) {
    rig.dispatcher.result(
        peer, new ShareFound(id, unit.ref(), job.id(), nonce, rig.hash(job, nonce)));
    rig.owner.drain();
  }

  private void complete(PeerId peer, Assignment unit) {
    rig.dispatcher.result(
        peer, new RangeCompleted(++resultId, unit.ref(), unit.range().count(), TIME));
    rig.owner.drain();
  }

  /** The verifier has little room: what is compared is recomputed a few shares at a time. */
  private void verifyAll() {
    for (int i = 0; i < 40; i++) {
      rig.verify();
      rig.advance(1);
    }
  }
}
