package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.FiniteTerms;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.job.JobState;
import io.p2pmining.master.job.JobView;
import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Postings;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import io.p2pmining.master.work.WorkResult.RangeFailed;
import io.p2pmining.master.work.WorkResult.ShareFound;
import io.p2pmining.master.work.WorkUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PostingDeskTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));

  private final Rig rig = new Rig();
  private final Postings postings = rig.dispatcher.postings();
  private int posted;
  private long results;

  @Test
  void isCompletedWhenEveryNonceIsSearched() {
    Job job = post(3000, 0);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    assertThat(state(job)).isEqualTo(JobState.ACTIVE);
    completeAll(ANN, ann);

    assertThat(state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(view(job).progress().searched()).isEqualTo(3000);
    assertThat(view(job).progress().part()).isEqualTo(1);
    assertThat(ann.assigned.stream().mapToLong(unit -> unit.range().count()).sum()).isEqualTo(3000);
    assertThat(ann.noWork).containsOnly(NoWorkReason.NO_JOB);
    assertThat(rig.store.job(job.id()).state()).isEqualTo(JobState.COMPLETED);
  }

  @Test
  void countsWhatIsSearchedAndHowFast() {
    Job job = post(100_000, 0);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    for (int second = 1; second <= 10; second++) {
      rig.advance(1);
      rig.dispatcher.progress(ANN, ann.first().ref(), 100L * second, 100);
      rig.owner.drain();
    }

    assertThat(view(job).progress().searched()).isEqualTo(1000);
    assertThat(view(job).progress().hashesPerSecond()).isBetween(95.0, 115.0);
    assertThat(view(job).progress().timeLeft().orElseThrow())
        .isBetween(Duration.ofSeconds(860), Duration.ofSeconds(1050));
  }

  @Test
  void stopsAfterEnoughSharesAndTellsEveryWorker() {
    Job job = post(100_000, 2);
    RecordingLink ann = rig.connect(ANN, 1000, 1);
    RecordingLink bob = rig.connect(BOB, 1000, 1);

    long first = share(ANN, ann.first(), ann.first().range().start());
    assertThat(state(job)).isEqualTo(JobState.ACTIVE);
    share(ANN, ann.first(), first + 1);

    assertThat(state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(view(job).progress().shares()).isEqualTo(2);
    assertThat(ann.cancelled).containsEntry(ann.first().ref(), CancelReason.JOB_ENDED);
    assertThat(bob.cancelled).containsEntry(bob.first().ref(), CancelReason.JOB_ENDED);
    assertThat(rig.store.shares())
        .hasSize(2)
        .allSatisfy(share -> assertThat(share.block()).isTrue());
  }

  @Test
  void whatMeetsTheTargetGoesToNoChain() {
    post(100_000, 0);
    RecordingLink ann = rig.connect(ANN, 1000, 1);
    share(ANN, ann.first(), ann.first().range().start());

    assertThat(ann.verdicts.values()).containsExactly(new Verdict.Accepted());
    assertThat(rig.submitted).isEmpty();
    assertThat(rig.store.blocks()).isEmpty();
  }

  @Test
  void failsWhenARangeIsGivenUpForGood() {
    Job job = post(2, 0);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    for (int attempt = 1; attempt <= 5; attempt++) {
      assertThat(state(job)).isEqualTo(JobState.ACTIVE);
      rig.dispatcher.result(ANN, new RangeFailed(++results, ann.last().ref(), 0, "broken"));
      rig.owner.drain();
      rig.advance(20);
    }

    assertThat(state(job)).isEqualTo(JobState.FAILED);
    assertThat(view(job).progress().failed()).isEqualTo(2);
  }

  @Test
  void cancellingTakesTheUnitsBackAndGivesOtherWork() {
    Job job = post(100_000, 0);
    RecordingLink ann = rig.connect(ANN, 100, 2);
    Job other = post(100_000, 0);

    assertThat(done(postings.cancelJob(job.id())).state()).isEqualTo(JobState.CANCELLED);

    assertThat(ann.cancelled).hasSize(2).containsValue(CancelReason.JOB_ENDED);
    assertThat(ann.last().job().id()).isEqualTo(other.id());
    assertThat(done(postings.cancelJob(job.id())).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void doesNotCancelWhatIsOverOrASources() {
    Job job = post(10, 0);
    completeAll(ANN, rig.connect(ANN, 100, 1));
    Job live = rig.deliver(Replacement.NEW_TIP, NonceRange.ALL, null);

    assertThat(outcome(postings.cancelJob(job.id()))).isInstanceOf(Outcome.Conflict.class);
    assertThat(outcome(postings.cancelJob(live.id()))).isInstanceOf(Outcome.Conflict.class);
    assertThat(outcome(postings.cancelJob("none"))).isInstanceOf(Outcome.Unknown.class);
    assertThat(state(live)).isEqualTo(JobState.ACTIVE);
  }

  @Test
  void searchesAnAddedRangeToo() {
    Job job = post(10, 0);
    NonceRange more = new NonceRange(1000, 20);
    WorkUnit added = done(postings.addUnit(job.id(), more, Receipt.none()));
    assertThat(added.range()).isEqualTo(more);
    RecordingLink ann = rig.connect(ANN, 100, 8);
    List.copyOf(ann.assigned).forEach(unit -> complete(ANN, unit));

    assertThat(state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(view(job).progress().searched()).isEqualTo(30);
  }

  @Test
  void addsNoNonceTwiceAndNothingToWhatIsOver() {
    Job job = post(10, 0);
    done(postings.addUnit(job.id(), new NonceRange(1000, 20), Receipt.none()));

    for (NonceRange taken :
        List.of(new NonceRange(9, 1), new NonceRange(5, 2000), new NonceRange(1019, 5))) {
      assertThat(outcome(postings.addUnit(job.id(), taken, Receipt.none())))
          .isInstanceOf(Outcome.Conflict.class);
    }
    done(postings.cancelJob(job.id()));
    assertThat(outcome(postings.addUnit(job.id(), new NonceRange(5000, 1), Receipt.none())))
        .isInstanceOf(Outcome.Conflict.class);
    assertThat(outcome(postings.addUnit("none", new NonceRange(0, 1), Receipt.none())))
        .isInstanceOf(Outcome.Unknown.class);
  }

  @Test
  void aUnitOfItsOwnIsTheWholeJob() {
    Job job = job(500, 0);
    WorkUnit unit = done(postings.postUnit(job, Receipt.none()));

    assertThat(unit.range()).isEqualTo(job.range());
    assertThat(unit.state()).isEqualTo(UnitState.PENDING);
    completeAll(ANN, rig.connect(ANN, 100, 1));
    assertThat(state(job)).isEqualTo(JobState.COMPLETED);
    assertThat(view(job).progress().searched()).isEqualTo(500);
  }

  @Test
  void aCancelledUnitIsNotPartOfTheJobAnyMore() {
    Job job = post(4000, 0);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    RecordingLink bob = rig.connect(BOB, 100, 1);
    Assignment unwanted = ann.first();

    assertThat(done(postings.cancelUnit(unwanted.ref().unitId())).state())
        .isEqualTo(UnitState.CANCELLED);
    assertThat(ann.cancelled).containsEntry(unwanted.ref(), CancelReason.JOB_ENDED);
    assertThat(outcome(postings.cancelUnit(unwanted.ref().unitId())))
        .isInstanceOf(Outcome.Unknown.class);
    for (int i = 0; i < ann.assigned.size(); i++) {
      if (i > 0) {
        complete(ANN, ann.assigned.get(i));
      }
    }
    for (int i = 0; i < bob.assigned.size(); i++) {
      complete(BOB, bob.assigned.get(i));
    }
    for (int i = 0; state(job) == JobState.ACTIVE; i++) {
      complete(ANN, ann.last());
      assertThat(i).isLessThan(50);
    }

    assertThat(view(job).progress().cancelled()).isEqualTo(unwanted.range().count());
    assertThat(view(job).progress().searched()).isEqualTo(4000 - unwanted.range().count());
  }

  @Test
  void refusesMoreJobsThanItKeeps() {
    for (int i = 0; i < Rig.POSTED_JOBS; i++) {
      post(100, 0);
    }
    Job tooMany = job(100, 0);

    assertThat(outcome(postings.post(tooMany, Receipt.none()))).isInstanceOf(Outcome.Full.class);
    assertThat(rig.board.find(tooMany.id())).isEmpty();
    assertThat(outcome(postings.postUnit(tooMany, Receipt.none())))
        .isInstanceOf(Outcome.Full.class);
    assertThat(rig.queue.countByState()).containsEntry(UnitState.PENDING, 0L);
  }

  @Test
  void refusesMoreUnitsThanMayWait() {
    Job job = post(1, 0);
    for (int i = 0; i < Rig.POSTED_UNITS; i++) {
      done(postings.addUnit(job.id(), new NonceRange(1000 + i, 1), Receipt.none()));
    }

    assertThat(outcome(postings.addUnit(job.id(), new NonceRange(99_999, 1), Receipt.none())))
        .isInstanceOf(Outcome.Full.class);
    assertThat(view(job).progress().nonces()).isEqualTo(1 + Rig.POSTED_UNITS);
  }

  @Test
  void isDoneOnlyWhenItIsDurable() {
    rig.store.turnDown(true);
    Job job = job(100, 0);
    var future = postings.post(job, Receipt.none());
    rig.owner.drain();
    assertThat(future).isNotDone();

    rig.store.turnDown(false);
    rig.owner.drain();
    assertThat(future).isCompleted();
    assertThat(rig.store.job(job.id()).state()).isEqualTo(JobState.ACTIVE);
  }

  private Job post(long nonces, long stopAfterShares) {
    Job job = job(nonces, stopAfterShares);
    done(postings.post(job, Receipt.none()));
    return job;
  }

  private Job job(long nonces, long stopAfterShares) {
    return new Job(
        "posted-" + ++posted,
        Postings.SOURCE,
        "sha256d",
        Bytes.copyOf(new byte[] {(byte) posted, 0, 0, 0, 0}),
        1,
        new NonceRange(0, nonces),
        Bytes.EMPTY,
        Bytes.EMPTY,
        Target.EASIEST,
        0,
        Bytes.EMPTY,
        Instant.EPOCH,
        new FiniteTerms(FiniteTerms.DEFAULT_PRIORITY, Target.EASIEST, stopAfterShares),
        null);
  }

  private <T> Outcome<T> outcome(CompletableFuture<Outcome<T>> future) {
    rig.owner.drain();
    return future.join();
  }

  private <T> T done(CompletableFuture<Outcome<T>> future) {
    Outcome<T> outcome = outcome(future);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<T>) outcome).value();
  }

  private JobView view(Job job) {
    return rig.board.find(job.id(), rig.clock.instant()).orElseThrow();
  }

  private JobState state(Job job) {
    return view(job).state();
  }

  private void completeAll(PeerId peer, RecordingLink link) {
    for (int i = 0; i < link.assigned.size(); i++) {
      complete(peer, link.assigned.get(i));
    }
  }

  private void complete(PeerId peer, Assignment unit) {
    long count = unit.range().count();
    rig.dispatcher.result(
        peer, new RangeCompleted(++results, unit.ref(), count, Duration.ofSeconds(1)));
    rig.owner.drain();
  }

  private long share(PeerId peer, Assignment unit, long nonce) {
    rig.dispatcher.result(
        peer,
        new ShareFound(++results, unit.ref(), unit.job().id(), nonce, rig.hash(unit.job(), nonce)));
    rig.owner.drain();
    rig.verify();
    return nonce;
  }
}
