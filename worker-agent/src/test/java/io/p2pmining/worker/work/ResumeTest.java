package io.p2pmining.worker.work;

import static io.p2pmining.worker.work.Units.ENDLESS;
import static io.p2pmining.worker.work.Units.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MinerState;
import io.p2pmining.core.miner.PauseReason;
import io.p2pmining.service.tracing.UnrecordedSpans;
import io.p2pmining.worker.MutableClock;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one desk had in hand, taken up by the next one of the same worker. */
@Timeout(120)
class ResumeTest {

  private static final NodeId MASTER = NodeId.ofHex("0123456789abcdef0123456789abcdef");
  private static final NodeId OTHER_MASTER = NodeId.ofHex("ffff456789abcdef0123456789abcdef");
  private static final long COUNT = 3_000_000;
  private static final long DIFFICULTY = 50_000;

  private final MutableClock clock = new MutableClock();
  private final List<WorkDesk> desks = new ArrayList<>();

  @AfterEach
  void closesAll() {
    desks.forEach(WorkDesk::close);
  }

  @Test
  void findsEveryShareOnceOverBothRuns() throws Exception {
    WorkDesk first = desk();
    RecordedLink before = attach(first, MASTER);
    first.assign(Units.assign(1, COUNT, DIFFICULTY));
    List<WorkunitResult> results = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      results.add(before.await(WorkunitResult.class));
    }
    first.acknowledge(Units.accept(results.getFirst()));
    Checkpoint checkpoint = first.checkpoint();
    assertThat(checkpoint.results()).doesNotContain(results.getFirst()).contains(results.get(1));
    assertThat(checkpoint.units()).singleElement().extracting(SavedUnit::searched).isNotEqualTo(0L);

    WorkDesk second = desk();
    second.resume(checkpoint);
    RecordedLink after = attach(second, MASTER);
    List<WorkunitResult> rest = new ArrayList<>();
    do {
      rest.add(after.await(WorkunitResult.class));
    } while (!rest.getLast().hasCompleted());

    assertThat(rest.subList(0, checkpoint.results().size()))
        .as("with their ids")
        .isEqualTo(checkpoint.results());
    assertThat(rest.getLast().getCompleted().getSearched()).isEqualTo(COUNT);
    assertThat(rest).extracting(WorkunitResult::getResultId).doesNotHaveDuplicates();
    List<WorkunitResult> acknowledged = List.of(results.getFirst());
    assertThat(Units.nonces(Stream.concat(acknowledged.stream(), rest.stream()).toList()))
        .isEqualTo(wholeRange());
  }

  /** What another desk finds that searches the range in one go. */
  private List<Integer> wholeRange() throws InterruptedException {
    WorkDesk desk = desk();
    RecordedLink link = attach(desk, MASTER);
    desk.assign(Units.assign(1, COUNT, DIFFICULTY));
    List<WorkunitResult> all = new ArrayList<>();
    do {
      all.add(link.await(WorkunitResult.class));
    } while (!all.getLast().hasCompleted());
    return Units.nonces(all);
  }

  @Test
  void namesWhatItTookUpAndGoesOnFromThere() throws Exception {
    Checkpoint checkpoint = endlessCheckpoint();
    long searched = checkpoint.units().getFirst().searched();
    WorkDesk desk = desk();
    desk.resume(checkpoint);

    RecordedLink link = attach(desk, MASTER);

    assertThat(link.await(WorkunitRequest.class).getHeldList())
        .extracting(HeldUnit::getUnitId)
        .containsExactly(1L);
    assertThat(link.await(WorkunitProgress.class).getSearched()).isGreaterThanOrEqualTo(searched);
    assertThat(desk.checkpoint().units().getFirst().searched()).isGreaterThanOrEqualTo(searched);
    desk.cancel(Units.cancel(1));
    assertThat(desk.checkpoint().units()).isEmpty();
  }

  @Test
  void leavesUnitsWhoseLeasesHaveEnded() throws Exception {
    Checkpoint checkpoint = endlessCheckpoint();
    clock.advance(Duration.ofSeconds(61));
    WorkDesk desk = desk();
    desk.resume(checkpoint);

    assertThat(desk.status().unitsInHand()).isZero();
    assertThat(attach(desk, MASTER).await(WorkunitRequest.class).getHeldList()).isEmpty();
  }

  @Test
  void dropsWhatAnotherMasterGave() throws Exception {
    WorkDesk desk = desk();
    desk.resume(endlessCheckpoint());

    RecordedLink link = attach(desk, OTHER_MASTER);

    assertThat(link.await(WorkunitRequest.class).getHeldList()).isEmpty();
    assertThat(desk.checkpoint().isEmpty()).isTrue();
  }

  @Test
  void keepsResultsButNoUnitsWhenItEndsInOrder() throws Exception {
    WorkDesk desk = desk();
    RecordedLink link = attach(desk, MASTER);
    desk.assign(Units.assign(1, 100, 8));
    while (!link.await(WorkunitResult.class).hasCompleted()) {
      // The last one counts.
    }
    desk.assign(Units.assign(2, ENDLESS, NEVER));
    int results = desk.status().outboxSize();
    desk.close();

    assertThat(desk.checkpoint().units()).isEmpty();
    assertThat(desk.checkpoint().results()).hasSize(results);
  }

  @Test
  void waitsWithSearchingIfItTakesUpMoreResultsThanMayWait() throws Exception {
    WorkDesk first = desk(16);
    attach(first, MASTER);
    first.assign(Units.assign(1, 2000, 1));
    await().until(() -> first.status().miner() == MinerState.PAUSED);
    WorkDesk second = desk(16);

    second.resume(first.checkpoint());

    assertThat(second.status().idleReason()).contains("not acknowledged");
    assertThat(second.status().outboxSize()).isGreaterThanOrEqualTo(16);
  }

  /** Of a desk that has searched some of an endless unit. */
  private Checkpoint endlessCheckpoint() throws InterruptedException {
    WorkDesk desk = desk();
    attach(desk, MASTER);
    desk.assign(Units.assign(1, ENDLESS, NEVER));
    await().until(() -> desk.checkpoint().units().getFirst().searched() > 1000);
    desk.heed(PauseReason.REQUEST, true);
    return desk.checkpoint();
  }

  private WorkDesk desk() {
    return desk(1000);
  }

  private WorkDesk desk(int outbox) {
    AlgorithmCatalog catalog = Units.catalog();
    WorkDesk desk =
        new WorkDesk(
            new DeskPolicy(outbox, Duration.ofSeconds(5), Duration.ofSeconds(30), 100),
            MinerSettings.ofThreads(2),
            catalog,
            new MiningTuning(Optional.empty(), catalog),
            () -> Capabilities.newBuilder().setCores(1).build(),
            new UnrecordedSpans(new Random(1)),
            clock,
            () -> {});
    desks.add(desk);
    return desk;
  }

  private static RecordedLink attach(WorkDesk desk, NodeId master) {
    RecordedLink link = new RecordedLink();
    desk.attach(link, master, 16);
    return link;
  }
}
