package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.HashingNode;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads, lanes, scratchpads and processors are changed while nonces are hashed. */
@Timeout(60)
class MinerShapeTest {

  private final ScriptedAlgorithm algorithm = new ScriptedAlgorithm(2, true);
  private final RecordedEvents events = new RecordedEvents();
  private final List<Miner> miners = new ArrayList<>();

  private record Placed(int thread, OptionalInt cpu) {}

  private final Queue<Placed> placed = new ConcurrentLinkedQueue<>();

  @AfterEach
  void closesEverything() {
    algorithm.preparePermits.release(100);
    algorithm.goOnHashing();
    miners.forEach(Miner::close);
    assertThat(algorithm.misuses).isEmpty();
    assertThat(algorithm.hashers).as("pipelines left open").hasValue(0);
    assertThat(algorithm.alive).as("seeds left open").hasValue(0);
  }

  @Test
  void changesLanesBetweenBatchesAndLosesNoNonce() throws Exception {
    Miner miner = miner(MinerSettings.ofThreads(3));
    MiningTask task = task(1, 0, 1L << 31);
    miner.submit(task);
    for (int change = 0; change < 40; change++) {
      set(miner, usual(miner).withLanes(1 + change % 4));
      awaitSettled(miner);
    }
    long searched = miner.searched(task).orElseThrow();
    miner.close();
    assertThat(searched).isPositive();
    assertThat(LongStream.range(0, searched)).allMatch(algorithm.hashed::containsKey);
    assertThat(algorithm.hashed.values()).containsOnly(1);
    Set<Long> found = new HashSet<>(events.noncesOf(task));
    assertThat(LongStream.range(0, searched).filter(ScriptedAlgorithm::isShare))
        .allMatch(found::contains);
    assertThat(algorithm.shapes).extracting(PipelineShape::lanes).contains(1, 2, 3, 4);
  }

  @Test
  void letsThreadsStandByAndCallsThemUp() throws Exception {
    Miner miner = miner(MinerSettings.ofThreads(1).withSpareThreads(2));
    assertThat(miner.threadCount()).isEqualTo(3);
    miner.submit(task(1, 0, 1L << 31));
    awaitSettled(miner);
    assertThat(algorithm.hashers).hasValue(1);
    assertThat(miner.hashes(1) + miner.hashes(2)).isZero();

    set(miner, usual(miner).withThreads(3, List.of()));
    awaitSettled(miner);
    assertThat(algorithm.hashers).hasValue(3);
    await(() -> miner.hashes(1) > 0 && miner.hashes(2) > 0);

    set(miner, usual(miner).withThreads(2, List.of()));
    awaitSettled(miner);
    await(() -> algorithm.hashers.get() == 2);
    long hashes = miner.hashes(2);
    long others = miner.hashes(0);
    await(() -> miner.hashes(0) > others + 1000);
    assertThat(miner.hashes(2)).as("stands by").isEqualTo(hashes);
  }

  @Test
  void finishesWhatAThreadClaimedBeforeItStandsBy() throws Exception {
    Miner miner = miner(MinerSettings.ofThreads(2).withSpareThreads(2));
    List<MiningTask> tasks = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      tasks.add(task(1, 100_000L * i, 20_000));
    }
    int submitted = 0;
    for (int ended = 0; ended < tasks.size(); ended++) {
      while (submitted < tasks.size() && submitted - ended < Miner.MAX_TASKS) {
        miner.submit(tasks.get(submitted++));
      }
      set(miner, usual(miner).withThreads(1 + ended % 4, List.of()).withLanes(1 + ended % 3));
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
    assertThat(algorithm.hashed).hasSize(60 * 20_000);
    assertThat(algorithm.hashed.values()).containsOnly(1);
    assertThat(miner.totalHashes()).isEqualTo(60 * 20_000);
  }

  @Test
  void placesThreadsAnewWhenTheirProcessorChanges() throws Exception {
    Miner miner =
        miner(
            MinerSettings.ofThreads(2)
                .withCpus(List.of(4, 6), (thread, cpu) -> placed.add(new Placed(thread, cpu))));
    miner.submit(task(1, 0, 1L << 31));
    awaitSettled(miner);
    assertThat(placed)
        .containsExactlyInAnyOrder(
            new Placed(0, OptionalInt.of(4)), new Placed(1, OptionalInt.of(6)));
    placed.clear();

    set(miner, usual(miner).withThreads(2, List.of(4, 7)).withLanes(1));
    awaitSettled(miner);
    assertThat(placed).containsExactly(new Placed(1, OptionalInt.of(7)));
    placed.clear();

    set(miner, usual(miner).withThreads(2, List.of()));
    awaitSettled(miner);
    assertThat(placed)
        .containsExactlyInAnyOrder(
            new Placed(0, OptionalInt.empty()), new Placed(1, OptionalInt.empty()));
  }

  @Test
  void readsTheTablesOfTheNodeOnWhichAThreadIsPlaced() throws Exception {
    HashingNode first = new HashingNode(0, List.of(0, 1));
    HashingNode second = new HashingNode(3, List.of(2, 5));
    Miner miner =
        miner(
            MinerSettings.ofThreads(3)
                .withEngine(EngineSettings.AUTO.withNodes(List.of(first, second)))
                .withCpus(List.of(1, 5, 9), ThreadSetup.NONE));
    miner.submit(task(1, 0, 1L << 31));
    awaitSettled(miner);
    assertThat(algorithm.shapes)
        .extracting(PipelineShape::node)
        .containsExactlyInAnyOrder(0, 3, PipelineShape.ANY_NODE);

    algorithm.shapes.clear();
    set(miner, usual(miner).withThreads(3, List.of()));
    awaitSettled(miner);
    assertThat(algorithm.shapes).extracting(PipelineShape::node).containsOnly(-1);
  }

  @Test
  void hashesEachModeInItsOwnShape() throws Exception {
    algorithm.offersInterim = true;
    algorithm.stopPreparing();
    Miner miner = miner(MinerSettings.ofThreads(1));
    miner.setShape(algorithm, HashingMode.FULL, usual(miner).withLanes(4));
    miner.submit(
        new MiningTask(
            SeedKey.of(algorithm, new byte[] {1}, HashingMode.FULL),
            new byte[16],
            ScriptedAlgorithm.nonceOffset(),
            0,
            1L << 31,
            Target.forDifficulty(1 << 20)));
    events.awaitInterim();
    await(() -> miner.totalHashes() > 0);
    assertThat(algorithm.shapes).extracting(PipelineShape::lanes).containsOnly(0);
    assertThat(miner.undisturbed(algorithm, HashingMode.FULL)).as("interim").isEmpty();

    algorithm.preparePermits.release();
    await(() -> miner.hasSettled(algorithm, HashingMode.FULL));
    assertThat(algorithm.shapes).extracting(PipelineShape::lanes).containsExactly(0, 4);
    await(() -> miner.undisturbed(algorithm, HashingMode.FULL).isPresent());
    assertThat(miner.undisturbed(algorithm, HashingMode.LIGHT)).isEmpty();
  }

  @Test
  void goesBackToTheUsualShapeWhereAnotherCannotBeHad() throws Exception {
    algorithm.failingLanes = 3;
    Miner miner = miner(MinerSettings.ofThreads(2));
    MiningTask task = task(1, 0, 1_000_000);
    miner.submit(task);
    awaitSettled(miner);
    MiningShape impossible = usual(miner).withLanes(3);
    set(miner, impossible);
    await(() -> !miner.shape(algorithm, HashingMode.LIGHT).equals(impossible));
    assertThat(miner.shape(algorithm, HashingMode.LIGHT))
        .isEqualTo(MinerSettings.ofThreads(2).shape());
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(task, 1_000_000, ""));
    assertThat(algorithm.hashed.values()).containsOnly(1);
  }

  @Test
  void blamesTheShapeAndNotTheThreadForWrongHashes() throws Exception {
    algorithm.checkable = true;
    algorithm.wrongAnswers = (thread, seed, lane, batch) -> lane == 3;
    Miner miner = miner(MinerSettings.ofThreads(2));
    miner.submit(task(1, 0, 1L << 31));
    awaitSettled(miner);
    MiningShape wrong = usual(miner).withLanes(4);
    set(miner, wrong);
    await(() -> !miner.shape(algorithm, HashingMode.LIGHT).equals(wrong));
    awaitSettled(miner);
    assertThat(events.hasFault()).isFalse();
    long hashes = miner.hashes(0);
    long others = miner.hashes(1);
    await(() -> miner.hashes(0) > hashes && miner.hashes(1) > others);
  }

  @Test
  void countsAsDisturbedWhatIsNotHashedAsFastAsItCouldBe() throws Exception {
    Miner miner = miner(MinerSettings.ofThreads(1));
    assertThat(undisturbed(miner)).as("idle").isFalse();
    miner.submit(task(1, 0, 1L << 31));
    await(() -> undisturbed(miner));
    long before = miner.undisturbed(algorithm, HashingMode.LIGHT).orElseThrow();

    miner.pause();
    assertThat(undisturbed(miner)).as("paused").isFalse();
    miner.resume();
    long afterPause = miner.undisturbed(algorithm, HashingMode.LIGHT).orElseThrow();
    assertThat(afterPause).isNotEqualTo(before);

    miner.setThrottle(50);
    assertThat(undisturbed(miner)).as("throttled").isFalse();
    miner.setThrottle(100);
    long afterThrottle = miner.undisturbed(algorithm, HashingMode.LIGHT).orElseThrow();
    assertThat(afterThrottle).isNotEqualTo(afterPause);

    algorithm.stopPreparing();
    miner.expectSeed(seed(2));
    await(() -> !undisturbed(miner));
    algorithm.preparePermits.release();
    await(() -> undisturbed(miner));
    assertThat(miner.undisturbed(algorithm, HashingMode.LIGHT).orElseThrow())
        .isNotEqualTo(afterThrottle);
  }

  @Test
  void isDisturbedByAShortageOfNoncesHoweverShort() throws Exception {
    Miner miner = miner(MinerSettings.ofThreads(1));
    miner.submit(task(1, 0, 1L << 31));
    MiningTask next = task(1, 1L << 31, 1L << 31);
    miner.submit(next);
    await(() -> undisturbed(miner));
    long before = miner.undisturbed(algorithm, HashingMode.LIGHT).orElseThrow();
    MiningTask third = task(1, 0, 1L << 30);
    miner.submit(third);
    miner.cancel(next);
    assertThat(miner.undisturbed(algorithm, HashingMode.LIGHT)).hasValue(before);

    miner.cancel(third);
    miner.close();
    assertThat(undisturbed(miner)).isFalse();
  }

  @Test
  void refusesAShapeForMoreThreadsThanThereAre() {
    Miner miner = miner(MinerSettings.ofThreads(2));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> set(miner, new MiningShape(3, 1, PrefetchMode.AUTO, PagePolicy.AUTO, List.of())))
        .withMessageContaining("threads=2");
  }

  @Test
  void makesNoCopiesWhereMemoryIsShortOfThem() throws Exception {
    algorithm.copyBytes = 100L << 20;
    List<HashingNode> nodes =
        List.of(new HashingNode(0, List.of(0)), new HashingNode(1, List.of(1)));
    long enough =
        ScriptedAlgorithm.SEED_BYTES + 4 * ScriptedAlgorithm.HASHER_BYTES + algorithm.copyBytes;
    assertThat(nodesOfAPreparation(enough, nodes)).isEqualTo(nodes);
    assertThat(nodesOfAPreparation(enough - 1, nodes)).isEmpty();
  }

  @Test
  void needsMemoryForItsCopiesOfATableThatOthersShare() throws Exception {
    algorithm.copyBytes = 100L << 20;
    algorithm.sharedBytes = ScriptedAlgorithm.SEED_BYTES;
    List<HashingNode> nodes =
        List.of(
            new HashingNode(0, List.of(0)),
            new HashingNode(1, List.of(1)),
            new HashingNode(2, List.of(2)));
    long enough = 4 * ScriptedAlgorithm.HASHER_BYTES + 2 * algorithm.copyBytes;
    assertThat(nodesOfAPreparation(enough, nodes)).isEqualTo(nodes);
    assertThat(nodesOfAPreparation(enough - 1, nodes)).isEmpty();
  }

  private List<HashingNode> nodesOfAPreparation(long memory, List<HashingNode> nodes)
      throws InterruptedException {
    Miner miner =
        miner(
            new MinerSettings(1, 0, () -> memory, 0)
                .withEngine(EngineSettings.AUTO.withNodes(nodes)));
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    EngineSettings engine = algorithm.lastEngine;
    assertThat(engine).isNotNull();
    return engine.nodes();
  }

  private boolean undisturbed(Miner miner) {
    return miner.undisturbed(algorithm, HashingMode.LIGHT).isPresent();
  }

  private MiningShape usual(Miner miner) {
    return miner.shape(algorithm, HashingMode.LIGHT);
  }

  private void set(Miner miner, MiningShape shape) {
    miner.setShape(algorithm, HashingMode.LIGHT, shape);
  }

  private void awaitSettled(Miner miner) {
    await(() -> miner.hasSettled(algorithm, HashingMode.LIGHT) && miner.totalHashes() > 0);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 30_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private Miner miner(MinerSettings settings) {
    Miner miner = Miner.start(settings, events);
    miners.add(miner);
    return miner;
  }

  private SeedKey seed(int number) {
    return SeedKey.of(algorithm, new byte[] {(byte) number}, HashingMode.LIGHT);
  }

  private MiningTask task(int seed, long start, long count) {
    return new MiningTask(
        seed(seed),
        new byte[16],
        ScriptedAlgorithm.nonceOffset(),
        start,
        count,
        Target.forDifficulty(16));
  }
}
