package io.p2pmining.master.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every work queue must do, wherever it keeps its units. */
abstract class WorkQueueContract {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));
  private static final int MAX_ATTEMPTS = 3;

  private final WorkQueue queue = create();

  /** An empty queue that remembers 100 ended units. */
  abstract WorkQueue create();

  @Test
  void givesEveryUnitAndEveryLeaseItsOwnNumber() {
    WorkUnit first = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit second = queue.add("job", new NonceRange(10, 10), NOW);
    WorkUnit leased = queue.lease(first.id(), ANN, LATER, NOW).orElseThrow();
    queue.release(leased.ref(), MAX_ATTEMPTS, NOW);
    WorkUnit again = queue.lease(first.id(), BOB, LATER, NOW).orElseThrow();

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(again.lease()).isGreaterThan(leased.lease());
  }

  @Test
  void leasesAUnitToOneWorkerOnly() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);

    assertThat(queue.lease(unit.id(), ANN, LATER, NOW)).isPresent();
    assertThat(queue.lease(unit.id(), BOB, LATER, NOW)).isEmpty();
    assertThat(queue.leasePending("job", BOB, 100, LATER, NOW)).isEmpty();
    assertThat(queue.heldBy(ANN)).extracting(WorkUnit::id).containsExactly(unit.id());
    assertThat(queue.heldBy(BOB)).isEmpty();
  }

  @Test
  void ignoresWhoeverHoldsAnOldLease() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit old = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow();
    queue.release(old.ref(), MAX_ATTEMPTS, NOW);
    queue.lease(unit.id(), BOB, LATER, NOW);

    assertThat(queue.progress(old.ref(), 5, LATER, NOW)).isEmpty();
    assertThat(queue.complete(old.ref(), NOW)).isEmpty();
    assertThat(queue.release(old.ref(), MAX_ATTEMPTS, NOW)).isEmpty();
    assertThat(queue.find(unit.id()).orElseThrow().peer()).isEqualTo(BOB);
  }

  @Test
  void keepsProgressAcrossLeasesAndNeverGoesBack() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit leased = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow();
    queue.progress(leased.ref(), 6, LATER, NOW);
    queue.progress(leased.ref(), 4, LATER, NOW);
    queue.release(leased.ref(), MAX_ATTEMPTS, NOW);

    WorkUnit again = queue.leasePending("job", BOB, 100, LATER, NOW).orElseThrow();
    assertThat(again.rest()).isEqualTo(new NonceRange(6, 4));
  }

  @Test
  void cutsAPendingUnitThatIsTooLargeForItsNextWorker() {
    WorkUnit unit = queue.add("job", new NonceRange(100, 50), NOW);
    WorkUnit fast = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow();
    queue.progress(fast.ref(), 10, LATER, NOW);
    queue.release(fast.ref(), MAX_ATTEMPTS, NOW);

    WorkUnit slow = queue.leasePending("job", BOB, 15, LATER, NOW).orElseThrow();
    WorkUnit rest = queue.leasePending("job", ANN, 100, LATER, NOW).orElseThrow();

    assertThat(slow.id()).isEqualTo(unit.id());
    assertThat(slow.rest()).isEqualTo(new NonceRange(110, 15));
    assertThat(rest.id()).isNotEqualTo(unit.id());
    assertThat(rest.rest()).isEqualTo(new NonceRange(125, 25));
    assertThat(queue.leasePending("job", ANN, 100, LATER, NOW)).isEmpty();
  }

  @Test
  void extendsALeaseAndNeverShortensIt() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    UnitRef ref = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow().ref();

    queue.extend(ref, LATER.plusSeconds(60));
    queue.extend(ref, LATER.minusSeconds(30));

    assertThat(queue.expired(LATER.plusSeconds(59))).isEmpty();
    assertThat(queue.expired(LATER.plusSeconds(60))).hasSize(1);
    assertThat(queue.find(unit.id()).orElseThrow().state()).isEqualTo(UnitState.ASSIGNED);
    assertThat(queue.extend(new UnitRef(unit.id(), ref.lease() + 1), LATER)).isEmpty();
  }

  @Test
  void neverShortensALeaseForProgress() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    UnitRef ref = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow().ref();

    queue.progress(ref, 9, LATER.minusSeconds(30), NOW);

    assertThat(queue.expired(LATER.minusSeconds(1))).isEmpty();
    assertThat(queue.expired(LATER)).hasSize(1);
  }

  @Test
  void failsAUnitAfterTheLastAttempt() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      WorkUnit leased = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow();
      queue.release(leased.ref(), MAX_ATTEMPTS, NOW);
    }

    assertThat(queue.find(unit.id()).orElseThrow().state()).isEqualTo(UnitState.FAILED);
    assertThat(queue.lease(unit.id(), ANN, LATER, NOW)).isEmpty();
  }

  @Test
  void completesAReleasedUnitThatWasSearchedToItsEnd() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit leased = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow();
    queue.progress(leased.ref(), 10, LATER, NOW);
    queue.release(leased.ref(), MAX_ATTEMPTS, NOW);

    assertThat(queue.find(unit.id()).orElseThrow().state()).isEqualTo(UnitState.COMPLETED);
  }

  @Test
  void cancelsAJobAndNamesWhatWasLeased() {
    WorkUnit leased =
        queue
            .lease(queue.add("old", new NonceRange(0, 10), NOW).id(), ANN, LATER, NOW)
            .orElseThrow();
    WorkUnit pending = queue.add("old", new NonceRange(10, 10), NOW);
    WorkUnit other = queue.add("new", new NonceRange(0, 10), NOW);

    assertThat(queue.cancelJob("old", NOW)).extracting(WorkUnit::ref).containsExactly(leased.ref());
    assertThat(queue.find(leased.id()).orElseThrow().state()).isEqualTo(UnitState.CANCELLED);
    assertThat(queue.find(pending.id()).orElseThrow().state()).isEqualTo(UnitState.CANCELLED);
    assertThat(queue.find(other.id()).orElseThrow().state()).isEqualTo(UnitState.PENDING);
    assertThat(queue.complete(leased.ref(), NOW)).isEmpty();
  }

  @Test
  void namesLeasesThatEnded() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit leased = queue.lease(unit.id(), ANN, LATER, NOW).orElseThrow();

    assertThat(queue.expired(LATER.minusMillis(1))).isEmpty();
    assertThat(queue.expired(LATER)).extracting(WorkUnit::ref).containsExactly(leased.ref());
    queue.progress(leased.ref(), 1, LATER.plusSeconds(60), NOW);
    assertThat(queue.expired(LATER)).isEmpty();
  }

  @Test
  void listsNewestFirstAndCountsWhatMatches() {
    for (int i = 0; i < 5; i++) {
      queue.add(i % 2 == 0 ? "even" : "odd", new NonceRange(i * 10L, 10), NOW);
    }
    queue.leasePending("odd", ANN, 100, LATER, NOW);

    var even = new WorkQueue.Filter(null, "even", null);
    assertThat(queue.list(even, 1, 1)).singleElement().extracting(WorkUnit::id).isEqualTo(3L);
    assertThat(queue.count(even)).isEqualTo(3);
    assertThat(queue.count(new WorkQueue.Filter(UnitState.ASSIGNED, null, ANN))).isEqualTo(1);
    assertThat(queue.countByState())
        .containsAllEntriesOf(Map.of(UnitState.PENDING, 4L, UnitState.ASSIGNED, 1L));
  }

  @Test
  void forgetsTheOldestEndedUnitsButCountsThem() {
    for (int i = 0; i < 150; i++) {
      queue.add("job" + i, new NonceRange(0, 10), NOW);
      queue.cancelJob("job" + i, NOW);
    }

    assertThat(queue.count(WorkQueue.Filter.ALL)).isEqualTo(100);
    assertThat(queue.countByState()).containsEntry(UnitState.CANCELLED, 150L);
  }
}
