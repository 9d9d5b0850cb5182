package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import io.p2pmining.master.work.WorkResult.RangeFailed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));
  private static final NonceRange LARGE = NonceRange.ALL;

  private final Rig rig = new Rig();

  @Test
  void sizesUnitsToTheMeasuredRate() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 2);

    assertThat(ann.assigned).extracting(unit -> unit.range().count()).containsExactly(2000L, 2000L);
  }

  @Test
  void cutsByOtherSettingsAsSoonAsTheyAreInForce() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.work = Rig.cutting(Duration.ofSeconds(5));
    RecordingLink bob = rig.connect(BOB, 100, 1);

    assertThat(ann.assigned).extracting(unit -> unit.range().count()).containsExactly(2000L);
    assertThat(bob.assigned).extracting(unit -> unit.range().count()).containsExactly(500L);
  }

  /** A sixteenth of the job is a quarter of a second for it: eight of them are two seconds. */
  @Test
  void givesFastWorkersSeveralUnitsAtOnce() {
    deliver(new NonceRange(0, 400_000));
    RecordingLink ann = rig.connect(ANN, 100_000, 8);
    RecordingLink bob = rig.connect(BOB, 100, 8);

    assertThat(ann.assigned).extracting(unit -> unit.range().count()).containsOnly(25_000L);
    assertThat(ann.assigned).hasSize(4);
    assertThat(bob.assigned).hasSize(2);
  }

  @Test
  void cancelsAndReplacesEverythingOnANewTip() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 2);
    List<Assignment> old = List.copyOf(ann.assigned);

    Job next = rig.deliver(Replacement.NEW_TIP, LARGE, null);

    assertThat(ann.cancelled).hasSize(2).containsValue(CancelReason.OBSOLETE);
    assertThat(old).allSatisfy(unit -> assertThat(ann.cancelled).containsKey(unit.ref()));
    assertThat(ann.assigned.subList(2, 4))
        .extracting(unit -> unit.job().id())
        .containsOnly(next.id());
    assertThat(rig.queue.countByState()).containsEntry(UnitState.CANCELLED, 2L);
    assertThat(ann.replacements).isEqualTo(1);
  }

  /** More than get their first unit in one task. */
  @Test
  void replacesTheJobOfThousandsOfWorkersAndTellsOfItOnce() {
    deliver(LARGE);
    List<RecordingLink> links = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      links.add(rig.connect(new PeerId("%032x".formatted(0x1000 + i)), 100, 2));
    }
    int spread = rig.latencies.spreads.size();

    Job next = rig.deliver(Replacement.NEW_TIP, LARGE, null);

    assertThat(links)
        .allSatisfy(
            link ->
                assertThat(link.assigned.subList(2, link.assigned.size()))
                    .hasSize(2)
                    .allSatisfy(unit -> assertThat(unit.job().id()).isEqualTo(next.id())));
    assertThat(rig.latencies.spreads).hasSize(spread + 1);
  }

  @Test
  void letsUnitsInFlightFinishOnARefresh() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    Job next = rig.deliver(Replacement.REFRESH, LARGE, null);

    assertThat(ann.cancelled).isEmpty();
    complete(ann.first(), ann, 1);
    assertThat(ann.verdicts).containsEntry(1L, new Verdict.Accepted());
    assertThat(ann.last().job().id()).isEqualTo(next.id());
  }

  @Test
  void stopsEveryWorkerWhenTheSourceIsDown() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 2);

    rig.dispatcher.jobsWithdrawn("test", "no node answers");
    rig.owner.drain();

    assertThat(ann.cancelled).hasSize(2).containsValue(CancelReason.JOB_ENDED);
    assertThat(ann.noWork).containsExactly(NoWorkReason.SOURCE_DOWN);
  }

  @Test
  void saysThatEverythingIsHandedOutWhenItIs() {
    deliver(new NonceRange(0, 2));
    rig.connect(ANN, 100, 1);

    assertThat(rig.connect(BOB, 100, 1).noWork).containsExactly(NoWorkReason.NO_JOB);
  }

  @Test
  void keepsThePrefetchedUnitWhileItsWorkerIsSlowOnTheFirst() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 2);
    Assignment first = ann.first();

    for (int seconds = 10; seconds <= 600; seconds += 10) {
      rig.advance(10);
      rig.dispatcher.progress(ANN, first.ref(), seconds, 1);
      rig.owner.drain();
    }

    assertThat(ann.cancelled).isEmpty();
    assertThat(rig.queue.heldBy(ANN)).hasSize(2);
  }

  @Test
  void keepsNoUnitForReportsUnderALeaseThatIsOver() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 2);
    Assignment first = ann.first();
    Assignment second = ann.last();
    rig.dispatcher.result(ANN, new RangeFailed(1, first.ref(), 0, "out of memory"));

    for (int seconds = 0; seconds < second.leaseTime().toSeconds(); seconds += 10) {
      rig.dispatcher.progress(ANN, first.ref(), seconds, 100);
      rig.advance(10);
    }

    assertThat(ann.cancelled).containsEntry(second.ref(), CancelReason.LEASE_LOST);
  }

  @Test
  void keepsALeaseForAsLongAsItsWorkerWasTold() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    Assignment unit = ann.first();
    rig.dispatcher.progress(ANN, unit.ref(), unit.range().count() - 1, 100);

    rig.advance((int) unit.leaseTime().toSeconds() - 1);
    assertThat(ann.cancelled).isEmpty();

    rig.advance(1);
    assertThat(ann.cancelled).containsEntry(unit.ref(), CancelReason.LEASE_LOST);
  }

  @Test
  void givesTheRestOfALostLeaseToAnotherWorker() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.dispatcher.progress(ANN, ann.first().ref(), 700, 100);
    rig.advance(60);
    assertThat(ann.cancelled).isEmpty();

    while (ann.cancelled.isEmpty()) {
      rig.advance(1);
    }
    RecordingLink bob = rig.connect(BOB, 100, 1);

    assertThat(ann.cancelled).containsEntry(ann.first().ref(), CancelReason.LEASE_LOST);
    assertThat(bob.first().range()).isEqualTo(new NonceRange(700, 1300));
  }

  @Test
  void givesWorkAgainToAWorkerThatLostItsLease() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    while (ann.cancelled.isEmpty()) {
      rig.advance(1);
    }
    rig.advance(2);

    assertThat(ann.assigned).hasSize(2);
    assertThat(rig.queue.heldBy(ANN)).hasSize(1);
  }

  @Test
  void cutsTheRestOfAFastWorkersUnitForASlowOne() {
    deliver(LARGE);
    RecordingLink fast = rig.connect(ANN, 1000, 1);
    rig.dispatcher.peerGone(ANN, fast, false);
    rig.owner.drain();

    RecordingLink slow = rig.connect(BOB, 5, 1);

    assertThat(slow.first().range()).isEqualTo(new NonceRange(0, 100));
    assertThat(slow.first().leaseTime()).isLessThan(Duration.ofMinutes(3));
  }

  @Test
  void keepsTheUnitsOfAWorkerThatComesBackInTime() {
    deliver(LARGE);
    RecordingLink before = rig.connect(ANN, 100, 1);
    rig.dispatcher.peerGone(ANN, before, true);
    rig.advance(9);

    RecordingLink after = new RecordingLink();
    reconnect(before, after);
    rig.advance(5);

    assertThat(after.assigned).isEmpty();
    assertThat(after.cancelled).isEmpty();
    complete(before.first(), after, 1);
    assertThat(after.verdicts).containsEntry(1L, new Verdict.Accepted());
  }

  @Test
  void takesTheUnitsOfAWorkerThatComesBackTooLate() {
    deliver(LARGE);
    RecordingLink before = rig.connect(ANN, 100, 1);
    rig.dispatcher.peerGone(ANN, before, true);
    rig.advance(11);

    RecordingLink after = new RecordingLink();
    reconnect(before, after);

    assertThat(after.cancelled).containsEntry(before.first().ref(), CancelReason.LEASE_LOST);
    complete(before.first(), after, 1);
    assertThat(after.verdicts).containsEntry(1L, new Verdict.Rejected(Rejection.STALE));
  }

  @Test
  void ignoresTheEndOfAnOldConnection() {
    deliver(LARGE);
    RecordingLink old = rig.connect(ANN, 100, 1);
    RecordingLink fresh = new RecordingLink();
    reconnect(old, fresh);
    rig.dispatcher.peerGone(ANN, old, false);
    rig.advance(20);

    assertThat(rig.queue.heldBy(ANN)).hasSize(1);
  }

  @Test
  void makesAWorkerThatFailsWaitLongerEachTime() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);

    long failures = 0;
    for (int second = 0; second < 60; second++) {
      Assignment unit = ann.last();
      if (rig.queue.heldBy(ANN).stream().anyMatch(held -> held.ref().equals(unit.ref()))) {
        rig.dispatcher.result(ANN, new RangeFailed(++failures, unit.ref(), 0, "out of memory"));
        rig.owner.drain();
      }
      rig.advance(1);
    }

    assertThat(failures).isBetween(4L, 7L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NaN, Double.MAX_VALUE, -1})
  void servesTheOthersWhateverRateAWorkerReports(double rate) {
    deliver(LARGE);
    RecordingLink mad = rig.connect(ANN, 100, 1);
    RecordingLink bob = rig.connect(BOB, 100, 1);
    rig.dispatcher.progress(ANN, mad.first().ref(), 1, rate);
    rig.dispatcher.rateReported(ANN, rate);

    rig.deliver(Replacement.NEW_TIP, LARGE, null);
    rig.deliver(Replacement.NEW_TIP, LARGE, null);

    assertThat(mad.assigned).hasSize(3);
    assertThat(bob.last().job()).isEqualTo(mad.last().job());
  }

  @Test
  void cancelsTheUnitsOfJobsTooOldToBeRemembered() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    for (int i = 0; i < 25; i++) {
      rig.deliver(Replacement.REFRESH, LARGE, null);
    }

    assertThat(ann.cancelled).containsKey(ann.first().ref());
    assertThat(rig.queue.heldBy(ANN)).hasSize(1);
  }

  @Test
  void refusesACompletionThatLeavesNoncesOut() {
    deliver(LARGE);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    Assignment unit = ann.first();
    rig.dispatcher.result(
        ANN, new RangeCompleted(1, unit.ref(), unit.range().count() - 1, Duration.ZERO));
    rig.owner.drain();

    assertThat(ann.verdicts).containsEntry(1L, new Verdict.Rejected(Rejection.MALFORMED));
    assertThat(rig.queue.countByState()).containsEntry(UnitState.COMPLETED, 0L);
  }

  private void deliver(NonceRange range) {
    rig.deliver(Replacement.NEW_TIP, range, null);
  }

  private void complete(Assignment unit, RecordingLink link, long resultId) {
    long count = unit.range().count();
    rig.dispatcher.result(ANN, new RangeCompleted(resultId, unit.ref(), count, Duration.ZERO));
    rig.owner.drain();
    assertThat(link.verdicts).containsKey(resultId);
  }

  private void reconnect(RecordingLink before, RecordingLink after) {
    rig.dispatcher.peerReady(rig.profile(ANN, 100), after);
    rig.dispatcher.depthRequested(ANN, 1, List.of(before.first().ref()));
    rig.owner.drain();
  }
}
