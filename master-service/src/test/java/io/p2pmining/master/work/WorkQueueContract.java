package io.p2pmining.master.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every work queue must do, wherever it keeps its units. */
abstract class WorkQueueContract {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plusSeconds(60);
  private static final PeerId ANN = new PeerId("a".repeat(32));
  private static final PeerId BOB = new PeerId("b".repeat(32));
  private static final Target TARGET = Target.forDifficulty(10);
  private static final int MAX_ATTEMPTS = 3;

  private final List<WorkUnit> log = new ArrayList<>();
  private final List<LeaseEnding> endings = new ArrayList<>();
  private final WorkQueue queue =
      create(
          new UnitLog() {
            @Override
            public void unitChanged(@Nullable WorkUnit before, WorkUnit after) {
              log.add(after);
            }

            @Override
            public void leaseEnded(WorkUnit last, LeaseEnding ending, long resultId, Instant at) {
              endings.add(ending);
            }
          });

  /** An empty queue that tells the log of every change. */
  abstract WorkQueue create(UnitLog log);

  @Test
  void givesEveryUnitAndEveryLeaseItsOwnNumber() {
    WorkUnit first = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit second = queue.add("job", new NonceRange(10, 10), NOW);
    WorkUnit leased = queue.lease(first.id(), ANN, TARGET, LATER, NOW).orElseThrow();
    queue.release(leased.ref(), LeaseEnding.EXPIRED, 0, MAX_ATTEMPTS, NOW);
    WorkUnit again = queue.lease(first.id(), BOB, TARGET, LATER, NOW).orElseThrow();

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(again.lease()).isGreaterThan(leased.lease());
  }

  @Test
  void leasesAUnitToOneWorkerOnly() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);

    assertThat(queue.lease(unit.id(), ANN, TARGET, LATER, NOW)).isPresent();
    assertThat(queue.lease(unit.id(), BOB, TARGET, LATER, NOW)).isEmpty();
    assertThat(queue.leasePending("job", BOB, 100, TARGET, LATER, NOW)).isEmpty();
    assertThat(queue.heldBy(ANN)).extracting(WorkUnit::id).containsExactly(unit.id());
    assertThat(queue.heldBy(BOB)).isEmpty();
  }

  @Test
  void ignoresWhoeverHoldsAnOldLease() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit old = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow();
    queue.release(old.ref(), LeaseEnding.EXPIRED, 0, MAX_ATTEMPTS, NOW);
    queue.lease(unit.id(), BOB, TARGET, LATER, NOW);

    assertThat(queue.progress(old.ref(), 5, LATER, NOW)).isEmpty();
    assertThat(queue.complete(old.ref(), 1, NOW)).isEmpty();
    assertThat(queue.release(old.ref(), LeaseEnding.EXPIRED, 0, MAX_ATTEMPTS, NOW)).isEmpty();
    assertThat(queue.find(unit.id()).orElseThrow().peer()).isEqualTo(BOB);
  }

  @Test
  void keepsProgressAcrossLeasesAndNeverGoesBack() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit leased = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow();
    queue.progress(leased.ref(), 6, LATER, NOW);
    queue.progress(leased.ref(), 4, LATER, NOW);
    queue.release(leased.ref(), LeaseEnding.EXPIRED, 0, MAX_ATTEMPTS, NOW);

    WorkUnit again = queue.leasePending("job", BOB, 100, TARGET, LATER, NOW).orElseThrow();
    assertThat(again.rest()).isEqualTo(new NonceRange(6, 4));
  }

  @Test
  void cutsAPendingUnitThatIsTooLargeForItsNextWorker() {
    WorkUnit unit = queue.add("job", new NonceRange(100, 50), NOW);
    WorkUnit fast = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow();
    queue.progress(fast.ref(), 10, LATER, NOW);
    queue.release(fast.ref(), LeaseEnding.EXPIRED, 0, MAX_ATTEMPTS, NOW);

    WorkUnit slow = queue.leasePending("job", BOB, 15, TARGET, LATER, NOW).orElseThrow();
    WorkUnit rest = queue.leasePending("job", ANN, 100, TARGET, LATER, NOW).orElseThrow();

    assertThat(slow.id()).isEqualTo(unit.id());
    assertThat(slow.rest()).isEqualTo(new NonceRange(110, 15));
    assertThat(rest.id()).isNotEqualTo(unit.id());
    assertThat(rest.rest()).isEqualTo(new NonceRange(125, 25));
    assertThat(queue.leasePending("job", ANN, 100, TARGET, LATER, NOW)).isEmpty();
  }

  @Test
  void extendsALeaseAndNeverShortensIt() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    UnitRef ref = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow().ref();

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
    UnitRef ref = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow().ref();

    queue.progress(ref, 9, LATER.minusSeconds(30), NOW);

    assertThat(queue.expired(LATER.minusSeconds(1))).isEmpty();
    assertThat(queue.expired(LATER)).hasSize(1);
  }

  @Test
  void failsAUnitAfterTheLastAttempt() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      WorkUnit leased = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow();
      queue.release(leased.ref(), LeaseEnding.EXPIRED, 0, MAX_ATTEMPTS, NOW);
    }

    assertThat(log.getLast().state()).isEqualTo(UnitState.FAILED);
    assertThat(endings).hasSize(MAX_ATTEMPTS);
    assertThat(queue.lease(unit.id(), ANN, TARGET, LATER, NOW)).isEmpty();
  }

  @Test
  void completesAReleasedUnitThatWasSearchedToItsEnd() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit leased = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow();
    queue.progress(leased.ref(), 10, LATER, NOW);
    queue.release(leased.ref(), LeaseEnding.EXPIRED, 0, MAX_ATTEMPTS, NOW);

    assertThat(log.getLast().state()).isEqualTo(UnitState.COMPLETED);
    assertThat(endings).isEmpty();
  }

  @Test
  void cancelsAJobAndNamesWhatWasLeased() {
    WorkUnit leased =
        queue
            .lease(queue.add("old", new NonceRange(0, 10), NOW).id(), ANN, TARGET, LATER, NOW)
            .orElseThrow();
    WorkUnit pending = queue.add("old", new NonceRange(10, 10), NOW);
    WorkUnit other = queue.add("new", new NonceRange(0, 10), NOW);

    assertThat(queue.cancelJob("old", NOW)).extracting(WorkUnit::ref).containsExactly(leased.ref());
    assertThat(log)
        .filteredOn(unit -> unit.state() == UnitState.CANCELLED)
        .extracting(WorkUnit::id)
        .containsExactlyInAnyOrder(leased.id(), pending.id());
    assertThat(queue.find(leased.id())).isEmpty();
    assertThat(queue.find(other.id()).orElseThrow().state()).isEqualTo(UnitState.PENDING);
    assertThat(queue.complete(leased.ref(), 1, NOW)).isEmpty();
  }

  @Test
  void namesLeasesThatEnded() {
    WorkUnit unit = queue.add("job", new NonceRange(0, 10), NOW);
    WorkUnit leased = queue.lease(unit.id(), ANN, TARGET, LATER, NOW).orElseThrow();

    assertThat(queue.expired(LATER.minusMillis(1))).isEmpty();
    assertThat(queue.expired(LATER)).extracting(WorkUnit::ref).containsExactly(leased.ref());
    queue.progress(leased.ref(), 1, LATER.plusSeconds(60), NOW);
    assertThat(queue.expired(LATER)).isEmpty();
  }

  @Test
  void forgetsEndedUnitsButCountsThem() {
    for (int i = 0; i < 150; i++) {
      queue.add("job" + i, new NonceRange(0, 10), NOW);
      queue.cancelJob("job" + i, NOW);
    }
    queue.add("job", new NonceRange(0, 10), NOW);

    assertThat(queue.countByState())
        .containsEntry(UnitState.CANCELLED, 150L)
        .containsEntry(UnitState.PENDING, 1L);
    assertThat(queue.find(1)).isEmpty();
  }
}
