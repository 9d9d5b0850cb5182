package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.NoWorkReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the work of peers that are out of service. */
class StandingsTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));

  private final Rig rig = new Rig();
  private RecordingLink ann;

  @BeforeEach
  void leaseTwoUnits() {
    rig.deliver(Replacement.NEW_TIP, NonceRange.ALL, null);
    ann = rig.connect(ANN, 100, 2);
  }

  @Test
  void aDrainedPeerFinishesWhatItHasAndGetsNothingNew() {
    rig.standings.drain(ANN, "kernel update");
    rig.owner.drain();
    assertThat(ann.noWork).containsExactly(NoWorkReason.DRAINING);
    assertThat(ann.cancelled).isEmpty();

    complete(ann.first(), 1);
    complete(ann.last(), 2);
    rig.deliver(Replacement.NEW_TIP, NonceRange.ALL, null);
    rig.advance(60);

    assertThat(ann.verdicts).containsEntry(1L, new Verdict.Accepted()).containsKey(2L);
    assertThat(ann.assigned).hasSize(2);
    assertThat(ann.noWork).containsExactly(NoWorkReason.DRAINING);
  }

  @Test
  void aResumedPeerGetsWorkAtOnce() {
    rig.standings.drain(ANN, "kernel update");
    complete(ann.first(), 1);
    rig.standings.resume(ANN);
    rig.owner.drain();

    assertThat(ann.assigned).hasSize(3);
  }

  @Test
  void anOrderIsAnsweredOnceItIsDurable() {
    rig.store.turnDown(true);
    var drained = rig.dispatcher.standingOrders().drain(ANN, "kernel update", Receipt.none());
    rig.owner.drain();
    assertThat(ann.noWork).as("takes effect at once").containsExactly(NoWorkReason.DRAINING);
    assertThat(drained).isNotDone();

    rig.store.turnDown(false);
    rig.owner.drain();
    assertThat(drained).isCompletedWithValue(new Outcome.Done<>(rig.standings.of(ANN)));
    assertThat(rig.store.recover().standings()).containsOnlyKeys(ANN);

    var again = rig.dispatcher.standingOrders().drain(ANN, "again", Receipt.none());
    var resumed = rig.dispatcher.standingOrders().resume(ANN, Receipt.none());
    rig.owner.drain();
    assertThat(again).isCompletedWithValue(new Outcome.Conflict<>("The peer is drained already"));
    assertThat(resumed).isCompletedWithValue(new Outcome.Done<>(Standing.IN_SERVICE));
    assertThat(rig.store.recover().standings()).isEmpty();
  }

  @Test
  void aQuarantinedPeerLosesItsUnitsToOthers() {
    Assignment lost = ann.first();
    rig.standings.quarantine(ANN, "lies", null);
    rig.owner.drain();
    RecordingLink bob = rig.connect(BOB, 100, 1);

    assertThat(ann.noWork).containsExactly(NoWorkReason.DRAINING);
    assertThat(ann.cancelled).hasSize(2).containsEntry(lost.ref(), CancelReason.LEASE_LOST);
    assertThat(bob.first().range()).isEqualTo(lost.range());
    assertThat(rig.queue.countByState()).containsEntry(UnitState.PENDING, 1L);
  }

  @Test
  void aQuarantineOutlivesTheConnectionAndEndsByItself() {
    rig.standings.quarantine(ANN, "lies", Duration.ofMinutes(1));
    rig.owner.drain();
    rig.dispatcher.peerGone(ANN, ann, true);
    RecordingLink again = rig.connect(ANN, 100, 2);
    assertThat(again.assigned).isEmpty();
    assertThat(again.noWork).containsExactly(NoWorkReason.DRAINING);

    rig.advance(59);
    assertThat(again.assigned).isEmpty();
    rig.advance(1);
    assertThat(again.assigned).hasSize(2);
  }

  private void complete(Assignment unit, long resultId) {
    rig.dispatcher.result(
        ANN,
        new RangeCompleted(resultId, unit.ref(), unit.range().count(), Duration.ofSeconds(20)));
    rig.owner.drain();
  }
}
