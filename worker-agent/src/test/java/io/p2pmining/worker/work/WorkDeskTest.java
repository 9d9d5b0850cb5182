package io.p2pmining.worker.work;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static io.p2pmining.worker.work.Units.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.NoWork;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.miner.PauseReason;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Target;
import io.p2pmining.service.tracing.UnrecordedSpans;
import io.p2pmining.worker.MutableClock;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WorkDeskTest {

  private static final NodeId MASTER = NodeId.ofHex("0123456789abcdef0123456789abcdef");
  private static final NodeId OTHER_MASTER = NodeId.ofHex("ffff456789abcdef0123456789abcdef");
  private static final int MAX_DEPTH = 16;
  private static final int OUTBOX = 16;
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final MutableClock clock = new MutableClock();
  private final RecordedLink link = new RecordedLink();
  private volatile long availableMemory = Long.MAX_VALUE;
  private final AlgorithmCatalog catalog =
      new AlgorithmCatalog(PowAlgorithms.load(), HashingMode.LIGHT);
  private final WorkDesk desk =
      new WorkDesk(
          new DeskPolicy(OUTBOX, PROGRESS, GRACE, 100),
          new MinerSettings(2, 0, () -> availableMemory, 0),
          catalog,
          new MiningTuning(Optional.empty(), catalog),
          () -> Capabilities.newBuilder().setCores(1).build(),
          new UnrecordedSpans(new Random(1)),
          clock,
          () -> {});

  @AfterEach
  void closesTheDesk() {
    desk.close();
  }

  @Test
  void asksForWhatItHasRoomFor() throws Exception {
    attach();
    WorkunitRequest request = link.await(WorkunitRequest.class);
    assertThat(request.getDepth()).isEqualTo(8);
    assertThat(request.getHeldList()).isEmpty();
  }

  @Test
  void asksForNoMoreThanTheMasterAllows() throws Exception {
    desk.attach(link, MASTER, 1);
    assertThat(link.await(WorkunitRequest.class).getDepth()).isEqualTo(1);
  }

  @Test
  void reportsEveryShareAndThenTheEndOfTheUnit() throws Exception {
    attach();
    desk.assign(Units.assign(7, 100, 8));

    List<WorkunitResult> results = resultsUntilCompleted();
    WorkunitResult end = results.getLast();
    assertThat(end.getUnitId()).isEqualTo(7);
    assertThat(end.getLease()).isEqualTo(7000);
    assertThat(end.getJobId()).isEqualTo("job-1");
    assertThat(end.getCompleted().getSearched()).isEqualTo(100);
    assertThat(Units.nonces(results)).isEqualTo(sharesByBruteForce(100, 8)).isNotEmpty();
    assertThat(desk.shares().foundCount()).isEqualTo(results.size() - 1);
    assertThat(desk.status().idleReason()).isEqualTo("waiting for work");
  }

  @Test
  void sendsUnacknowledgedResultsAgainAndNamesWhatItHolds() throws Exception {
    attach();
    desk.assign(Units.assign(1, 100, 8));
    List<WorkunitResult> results = resultsUntilCompleted();
    desk.assign(Units.assign(2, ENDLESS, NEVER));
    desk.acknowledge(Units.accept(results.getFirst()));
    desk.detach(link);

    RecordedLink again = new RecordedLink();
    desk.attach(again, MASTER, MAX_DEPTH);
    WorkunitRequest request = again.await(WorkunitRequest.class);
    assertThat(request.getHeldList())
        .extracting(HeldUnit::getUnitId)
        .as("the one in search and the one whose end was not acknowledged")
        .containsExactly(2L, 1L);
    desk.detach(again);

    RecordedLink third = new RecordedLink();
    desk.attach(third, MASTER, MAX_DEPTH);
    assertThat(third.drain(WorkunitResult.class)).isEqualTo(results.subList(1, results.size()));
    results.forEach(result -> desk.acknowledge(Units.accept(result)));
    assertThat(desk.status().outboxSize()).isZero();
    assertThat(desk.shares().acceptedCount()).isEqualTo(results.size() - 1);
  }

  @Test
  void pausesWhileTheOutboxIsFullAndLosesNothing() throws Exception {
    attach();
    desk.assign(Units.assign(1, 2000, 1));

    await().until(() -> desk.status().miner() == MinerState.PAUSED);
    assertThat(desk.status().idleReason()).contains("not acknowledged");
    List<WorkunitResult> results = new ArrayList<>();
    while (results.stream().noneMatch(WorkunitResult::hasCompleted)) {
      assertThat(desk.status().outboxSize())
          .as("the capacity, one more for each thread, and the end")
          .isLessThanOrEqualTo(OUTBOX + 3);
      WorkunitResult result = link.await(WorkunitResult.class);
      results.add(result);
      desk.acknowledge(Units.accept(result));
    }
    assertThat(Units.nonces(results)).isEqualTo(IntStream.range(0, 2000).boxed().toList());
  }

  @Test
  void hashesOnThroughAShortDisconnectAndStopsAfterTheGrace() throws Exception {
    attach();
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    await().until(() -> desk.totalHashes() > 0);
    desk.detach(link);

    clock.advance(GRACE.minusMillis(1));
    desk.tick();
    assertThat(desk.status().miner()).isEqualTo(MinerState.MINING);
    clock.advance(Duration.ofMillis(1));
    desk.tick();
    assertThat(desk.status().miner()).isEqualTo(MinerState.PAUSED);
    assertThat(desk.status().idleReason()).contains("cannot be reached");

    RecordedLink again = new RecordedLink();
    desk.attach(again, MASTER, MAX_DEPTH);
    assertThat(desk.status().miner()).isEqualTo(MinerState.MINING);
    assertThat(again.await(WorkunitProgress.class).getUnitId()).isEqualTo(1);
  }

  @Test
  void searchesACancelledUnitNoFurther() throws Exception {
    attach();
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    await().until(() -> desk.totalHashes() > 0);

    desk.cancel(Units.cancel(1));
    assertThat(desk.status().miner()).isEqualTo(MinerState.IDLE);
    assertThat(desk.status().unitsInHand()).isZero();
    desk.cancel(Units.cancel(1));
    desk.cancel(Units.cancel(99));
  }

  @Test
  void forgetsAUnitThatTheMasterDoesNotKnow() throws Exception {
    attach();
    desk.assign(Units.assign(1, ENDLESS, 100_000));
    WorkunitResult share = link.await(WorkunitResult.class);
    desk.acknowledge(Units.reject(share, WorkunitAck.Rejection.REJECTION_UNKNOWN_UNIT));

    assertThat(desk.status().unitsInHand()).isZero();
    assertThat(desk.shares().rejectedCount(WorkunitAck.Rejection.REJECTION_UNKNOWN_UNIT))
        .isEqualTo(1);
  }

  @Test
  void ignoresAnAssignmentThatItAlreadyHolds() throws Exception {
    attach();
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    assertThat(desk.status().unitsInHand()).isEqualTo(1);
  }

  @Test
  void givesBackMoreUnitsThanTheProtocolAllows() throws Exception {
    attach();
    for (int id = 1; id <= 17; id++) {
      desk.assign(Units.assign(id, ENDLESS, NEVER));
    }
    WorkunitResult refused = link.await(WorkunitResult.class);
    assertThat(refused.getUnitId()).isEqualTo(17);
    assertThat(refused.getFailed().getReason()).isEqualTo("too many units in hand");
    assertThat(desk.status().unitsInHand()).isEqualTo(16);
  }

  @Test
  void saysWhyItIsIdle() throws Exception {
    assertThat(desk.status().idleReason()).isEqualTo("not connected to a master");
    attach();
    assertThat(desk.status().idleReason()).isEqualTo("waiting for work");
    desk.assign(Units.noWork(NoWork.Reason.REASON_SOURCE_DOWN, "no node answers"));
    assertThat(desk.status().idleReason())
        .isEqualTo("the master's source of work is down: no node answers");
    assertThat(desk.status().trouble()).isNull();
  }

  @Test
  void givesBackWhatItCannotHashAndAsksAgainLater() throws Exception {
    attach();
    assertThat(link.await(WorkunitRequest.class).getDepth()).isEqualTo(8);
    desk.assign(Units.assign(Units.unit(5, "rx/unheard-of", 10, 1)));

    assertThat(link.await(WorkunitRequest.class).getDepth()).isZero();
    WorkunitResult failed = link.await(WorkunitResult.class);
    assertThat(failed.getFailed().getReason()).contains("unsupported algorithm rx/unheard-of");
    assertThat(desk.status().trouble()).contains("rx/unheard-of");

    clock.advance(Setback.FIRST_WAIT.minusMillis(1));
    desk.tick();
    assertThat(link.drain(WorkunitRequest.class)).isEmpty();
    clock.advance(Duration.ofMillis(1));
    desk.tick();
    assertThat(link.await(WorkunitRequest.class).getDepth()).isEqualTo(8);

    desk.assign(Units.assign(6, 10, NEVER));
    resultsUntilCompleted();
    assertThat(desk.status().trouble()).isNull();
  }

  @Test
  void staysConnectedWithAReasonWhenMemoryIsShort() throws Exception {
    availableMemory = 100L << 20;
    attach();
    desk.assign(Units.assign(Units.unit(1, "rx/0", 10, 1)));

    WorkunitResult failed = link.await(WorkunitResult.class);
    assertThat(failed.getFailed().getReason()).contains("272 MiB").contains("100 MiB");
    assertThat(desk.status().trouble()).contains("not enough memory");
    assertThat(desk.status().miner()).isEqualTo(MinerState.IDLE);
  }

  @Test
  void reportsProgressOfEveryUnitInTimeForItsLease() throws Exception {
    attach();
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    desk.assign(Units.assign(2, ENDLESS, NEVER));
    await().until(() -> desk.totalHashes() > 100_000);
    link.drain(WorkunitProgress.class);
    clock.advance(PROGRESS);
    desk.tick();

    List<WorkunitProgress> reports = link.drain(WorkunitProgress.class);
    assertThat(reports).extracting(WorkunitProgress::getUnitId).containsExactly(1L, 2L);
    assertThat(reports.getFirst().getSearched()).isPositive();
    assertThat(reports.getLast().getSearched()).isZero();

    desk.assign(Units.assign(Units.unit(3, "sha256d", ENDLESS, NEVER).setLeaseMs(3000)));
    clock.advance(Duration.ofSeconds(1));
    desk.tick();
    assertThat(link.drain(WorkunitProgress.class)).hasSize(3);
  }

  @Test
  void tellsOnceHowFastItIsAfterHashingForAWhile() throws Exception {
    PowAlgorithm sha256d = catalog.find("sha256d").orElseThrow();
    hashForAWhile();
    link.drain(Capabilities.class);
    report(2);
    assertThat(catalog.rateOf(sha256d)).as("too early").isZero();
    assertThat(link.drain(Capabilities.class)).isEmpty();

    report(3);
    assertThat(catalog.rateOf(sha256d)).isPositive();
    assertThat(link.drain(Capabilities.class)).hasSize(1);
  }

  @Test
  void doesNotTakeItsRateForThatOfAPause() throws Exception {
    PowAlgorithm sha256d = catalog.find("sha256d").orElseThrow();
    hashForAWhile();
    for (int i = 0; i < 4; i++) {
      desk.heed(PauseReason.REQUEST, true);
      report(1);
      desk.heed(PauseReason.REQUEST, false);
      report(1);
    }
    assertThat(catalog.rateOf(sha256d)).as("never long enough").isZero();
  }

  @Test
  void dropsTheWorkOfOneMasterWhenAnotherAnswers() throws Exception {
    attach();
    desk.assign(Units.assign(1, ENDLESS, 100_000));
    link.await(WorkunitResult.class);
    desk.detach(link);

    RecordedLink other = new RecordedLink();
    desk.attach(other, OTHER_MASTER, MAX_DEPTH);
    assertThat(other.await(WorkunitRequest.class).getHeldList()).isEmpty();
    assertThat(desk.status().unitsInHand()).isZero();
    assertThat(other.drain(WorkunitResult.class)).isEmpty();
  }

  @Test
  void takesNoMoreUnitsOnceItCloses() throws Exception {
    attach();
    desk.close();
    desk.assign(Units.assign(1, 10, NEVER));
    desk.assign(Units.noWork(NoWork.Reason.REASON_DRAINING, ""));
    assertThat(desk.status().unitsInHand()).isZero();
    assertThat(link.drain(WorkunitResult.class))
        .as("the goodbye that follows gives it back")
        .isEmpty();
  }

  @Test
  void sendsNothingToASessionThatHasEnded() throws Exception {
    attach();
    RecordedLink next = new RecordedLink();
    desk.attach(next, MASTER, MAX_DEPTH);
    desk.detach(link);
    desk.assign(Units.assign(1, 10, NEVER));
    assertThat(next.await(WorkunitResult.class).hasCompleted()).isTrue();
  }

  @Test
  void neverGivesTwoResultsOneIdNotEvenInAnotherProcess() {
    LeasedUnit unit =
        new UnitTasks(new AlgorithmCatalog(PowAlgorithms.load(), HashingMode.LIGHT))
            .leased(Units.unit(1, "sha256d", 10, 1).build(), 0);
    Results first = new Results(clock);
    long id = first.share(unit, 0, new byte[32]).getResultId();
    assertThat(first.share(unit, 1, new byte[32]).getResultId()).isEqualTo(id + 1);

    clock.advance(Duration.ofMillis(1));
    long later = new Results(clock).share(unit, 0, new byte[32]).getResultId();
    assertThat(later).isGreaterThanOrEqualTo(id + (1 << 20));
  }

  private void attach() {
    desk.attach(link, MASTER, MAX_DEPTH);
  }

  private void hashForAWhile() {
    attach();
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    await().until(() -> desk.totalHashes() > 100_000);
  }

  /** Lets so much time pass that progress is reported so many times. */
  private void report(int times) {
    for (int i = 0; i < times; i++) {
      clock.advance(PROGRESS);
      desk.tick();
    }
  }

  private List<WorkunitResult> resultsUntilCompleted() throws InterruptedException {
    List<WorkunitResult> results = new ArrayList<>();
    while (results.isEmpty() || !results.getLast().hasCompleted()) {
      results.add(link.await(WorkunitResult.class));
    }
    return results;
  }

  private static List<Integer> sharesByBruteForce(int count, long difficulty) throws Exception {
    Target target = Target.forDifficulty(difficulty);
    List<Integer> shares = new ArrayList<>();
    for (int nonce = 0; nonce < count; nonce++) {
      byte[] blob = Units.BLOB.clone();
      blob[Units.NONCE_OFFSET] = (byte) nonce;
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      if (target.isMetBy(sha256.digest(sha256.digest(blob)))) {
        shares.add(nonce);
      }
    }
    return shares;
  }
}
