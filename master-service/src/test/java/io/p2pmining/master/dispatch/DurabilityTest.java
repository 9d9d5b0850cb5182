package io.p2pmining.master.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.master.job.JobListener.Replacement;
import io.p2pmining.master.work.Assignment;
import io.p2pmining.master.work.CancelReason;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitRef;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.Verdict;
import io.p2pmining.master.work.WorkResult.RangeCompleted;
import io.p2pmining.master.work.WorkResult.ShareFound;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the dispatcher does while the database does not answer, and afterwards. */
class DurabilityTest {

  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final NonceRange LARGE = new NonceRange(0, 10_000_000);

  private final Rig rig = new Rig();

  @Test
  void tellsAWorkerOfItsUnitOnlyWhenTheLeaseIsDurable() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    rig.store.turnDown(true);
    RecordingLink ann = rig.connect(ANN, 100, 1);

    assertThat(ann.assigned).isEmpty();
    assertThat(rig.queue.heldBy(ANN)).hasSize(1);

    rig.store.turnDown(false);
    rig.owner.drain();
    assertThat(ann.assigned).hasSize(1);
  }

  @Test
  void doesNotKeepTheEndOfUnitsForLongFromAWorkerWhoseNextOnesAreNotDurable() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.store.turnDown(true);

    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    assertThat(ann.cancelled).isEmpty();

    rig.advance(2);
    assertThat(ann.cancelled).containsOnlyKeys(ann.first().ref());
    assertThat(ann.assigned).hasSize(1);

    rig.store.turnDown(false);
    rig.owner.drain();
    assertThat(ann.assigned).hasSize(2);
    assertThat(ann.cancelled).hasSize(1);
  }

  @Test
  void forgetsTheEndOfUnitsThatAWorkerDidNotHearOfBeforeItWasGone() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink before = rig.connect(ANN, 100, 1);
    rig.store.turnDown(true);
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);

    RecordingLink after = rig.connect(ANN, 100, 1);
    rig.store.turnDown(false);
    rig.owner.drain();

    assertThat(before.cancelled).isEmpty();
    assertThat(after.cancelled).isEmpty();
    assertThat(after.assigned).hasSize(1);
  }

  @Test
  void acknowledgesAResultOnlyWhenItIsDurable() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.store.turnDown(true);
    complete(ann.first());

    assertThat(ann.verdicts).isEmpty();

    rig.store.turnDown(false);
    rig.owner.drain();
    assertThat(ann.verdicts).containsEntry(1L, new Verdict.Accepted());
    assertThat(rig.store.units()).anyMatch(unit -> unit.state() == UnitState.COMPLETED);
  }

  @Test
  void letsALeaseBeginWhenItsWorkerHearsOfIt() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    rig.store.turnDown(true);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.advance(600);
    rig.store.turnDown(false);
    rig.advance(1);

    assertThat(ann.assigned).hasSize(1);
    assertThat(ann.cancelled).isEmpty();
    assertThat(rig.queue.find(ann.first().ref().unitId()).orElseThrow().leaseExpiresAt())
        .isAfter(rig.clock.instant().plus(Duration.ofSeconds(30)));
  }

  @Test
  void letsALeaseLastAfterARestartForAsLongAsItsWorkerWasTold() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    rig.store.turnDown(true);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.advance(80);
    rig.store.turnDown(false);
    rig.owner.drain();
    Assignment unit = ann.first();
    assertThat(unit.leaseTime()).isEqualTo(Duration.ofSeconds(90));

    Rig next = rig.successor();
    RecordingLink back = reconnect(next, List.of(unit.ref()));
    next.advance(89);
    assertThat(back.cancelled).isEmpty();

    next.advance(2);
    assertThat(back.cancelled).containsEntry(unit.ref(), CancelReason.LEASE_LOST);
  }

  @Test
  void callsAShareADuplicateOnlyWhenTheOtherOneIsDurable() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.store.turnDown(true);
    find(rig, 1, ann.first());
    rig.verify();
    find(rig, 2, ann.first());
    assertThat(ann.verdicts).isEmpty();

    rig.store.turnDown(false);
    rig.owner.drain();
    assertThat(ann.verdicts)
        .containsEntry(1L, new Verdict.FoundBlock())
        .containsEntry(2L, new Verdict.Rejected(Rejection.DUPLICATE));
  }

  @Test
  void creditsAShareIfTheMasterIsLostWhileAnotherOneOfTheSameNonceIsVerified() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    Assignment unit = ann.first();
    find(rig, 1, unit);
    find(rig, 2, unit);
    assertThat(ann.verdicts).isEmpty();

    Rig next = rig.successor();
    RecordingLink back = reconnect(next, List.of(unit.ref()));
    find(next, 2, unit);
    next.verify();
    assertThat(back.verdicts).containsEntry(2L, new Verdict.FoundBlock());
    assertThat(next.store.shares()).hasSize(1);
  }

  @Test
  void doesNotTellOfAUnitThatWasCancelledMeanwhile() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    rig.store.turnDown(true);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    var next = rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    rig.store.turnDown(false);
    rig.owner.drain();

    assertThat(ann.assigned).extracting(unit -> unit.job().id()).containsExactly(next.id());
    assertThat(ann.cancelled).isEmpty();
  }

  @Test
  void refusesResultsWhenTooManyWaitForTheDatabase() {
    rig.deliver(Replacement.NEW_TIP, LARGE, Rig.NETWORK_TARGET);
    RecordingLink ann = rig.connect(ANN, 100, 1);
    rig.store.turnDown(true);
    rig.journal.shareRejected(ANN, Rejection.STALE);
    rig.journal.taskEnded();
    rig.owner.drain();
    while (!rig.journal.isFull()) {
      rig.journal.whenDurable(() -> {});
      rig.journal.taskEnded();
    }
    complete(ann.first());

    assertThat(ann.busy).isTrue();
    assertThat(ann.verdicts).isEmpty();
    assertThat(rig.queue.heldBy(ANN)).as("nothing was taken").hasSize(1);

    rig.store.turnDown(false);
    rig.owner.drain();
    RecordingLink back = new RecordingLink();
    rig.dispatcher.peerReady(rig.profile(ANN, 100), back);
    complete(ann.first());
    rig.dispatcher.depthRequested(ANN, 1, List.of());
    rig.owner.drain();
    assertThat(back.verdicts).containsEntry(1L, new Verdict.Accepted());
    assertThat(back.assigned).hasSize(1);
  }

  private static RecordingLink reconnect(Rig master, List<UnitRef> held) {
    RecordingLink link = new RecordingLink();
    master.dispatcher.peerReady(master.profile(ANN, 100), link);
    master.dispatcher.depthRequested(ANN, 1, held);
    master.owner.drain();
    return link;
  }

  /** The first share of a unit, under some result id. */
  private static void find(Rig master, long resultId, Assignment unit) {
    long nonce = master.nonceMeeting(unit, unit.range().start(), unit.shareTarget(), null);
    Bytes hash = master.hash(unit.job(), nonce);
    master.dispatcher.result(
        ANN, new ShareFound(resultId, unit.ref(), unit.job().id(), nonce, hash));
    master.owner.drain();
  }

  private void complete(Assignment unit) {
    rig.dispatcher.result(
        ANN, new RangeCompleted(1, unit.ref(), unit.range().count(), Duration.ofSeconds(1)));
    rig.owner.drain();
  }
}
