package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mines through pipelines of one to four lanes, with and without overlapping batches. */
@Timeout(60)
@ParameterizedClass
@MethodSource("pipelines")
class MinerPipelineTest {

  private final int lanes;
  private final boolean overlaps;
  private final ScriptedAlgorithm algorithm;
  private final RecordedEvents events = new RecordedEvents();
  private final List<Miner> miners = new ArrayList<>();

  MinerPipelineTest(int lanes, boolean overlaps) {
    this.lanes = lanes;
    this.overlaps = overlaps;
    this.algorithm = new ScriptedAlgorithm(lanes, overlaps);
  }

  static Stream<Arguments> pipelines() {
    return IntStream.rangeClosed(1, 4)
        .boxed()
        .flatMap(lanes -> Stream.of(Arguments.of(lanes, true), Arguments.of(lanes, false)));
  }

  @AfterEach
  void closesEverything() {
    algorithm.goOnHashing();
    miners.forEach(Miner::close);
    assertThat(algorithm.misuses).isEmpty();
    assertThat(algorithm.hashers).as("pipelines left open").hasValue(0);
    assertThat(algorithm.alive).as("seeds left open").hasValue(0);
  }

  @Test
  void hashesInOrderAndReportsEachShareBeforeTheEnd() throws Exception {
    for (int count = 1; count <= 3 * lanes + 1; count++) {
      algorithm.batches.clear();
      MiningTask task = task(1, 16, 1000L * count, count);
      miner(1).submit(task);

      assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(task, count, ""));
      assertThat(hashedInOrder()).containsExactlyElementsOf(nonces(task, count));
      assertThat(algorithm.batches.size()).isEqualTo(Math.ceilDiv(count, lanes));
      assertThat(events.sharesAtEnd.get(task)).isEqualTo(shares(nonces(task, count)));
    }
  }

  @Test
  void goesFromTaskToTaskWithoutAPauseWhateverTheirBlobs() throws Exception {
    List<MiningTask> tasks = new ArrayList<>();
    Miner miner = minerInItsFirstBatch();
    for (int i = 0; i < 10; i++) {
      tasks.add(task(1, 7 + 10 * (i % 4), 1000L * i, 1 + i % 3));
      miner.submit(tasks.get(i));
    }
    int count = tasks.stream().mapToInt(task -> (int) task.nonceCount()).sum();
    algorithm.goOnHashing();

    for (int i = 0; i < 11; i++) {
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
    List<List<Long>> batches = algorithm.batches.stream().skip(1).toList();
    assertThat(batches.stream().flatMap(Collection::stream))
        .containsExactlyElementsOf(
            tasks.stream().flatMap(t -> nonces(t, t.nonceCount()).stream()).toList());
    assertThat(batches).hasSize(Math.ceilDiv(count, lanes));
    for (MiningTask task : tasks) {
      assertThat(events.sharesAtEnd.get(task)).isEqualTo(shares(nonces(task, task.nonceCount())));
      assertThat(nonces(task, task.nonceCount()))
          .allSatisfy(n -> assertThat(algorithm.inputs.get(n)).hasSize(task.blob().length))
          .allSatisfy(n -> assertThat(algorithm.inputs.get(n)).startsWith(task.blob()[0]));
    }
  }

  @Test
  void leavesACancelledTaskAfterTheBatchAtHand() throws Exception {
    long share = LongStream.range(0, 1000).filter(ScriptedAlgorithm::isShare).findFirst().orElse(0);
    algorithm.stopHashing();
    MiningTask cancelled = task(1, 16, share, 1000);
    MiningTask next = task(1, 16, 5_000_000, 3);
    Miner miner = miner(1);
    miner.submit(cancelled);
    algorithm.hashesBegun.acquire(lanes);
    miner.submit(next);

    miner.cancel(cancelled);
    algorithm.goOnHashing();

    assertThat(events.awaitEnd().task()).isSameAs(next);
    assertThat(algorithm.batches.peek()).isEqualTo(nonces(cancelled, lanes));
    assertThat(hashedInOrder())
        .containsExactlyElementsOf(join(nonces(cancelled, lanes), nonces(next, 3)));
    assertThat(events.noncesOf(cancelled)).isEqualTo(shares(nonces(cancelled, lanes)));
  }

  @Test
  void keepsTheWantedPartOfABatchWhoseOtherTaskIsCancelled() throws Exception {
    Miner miner = minerInItsFirstBatch();
    MiningTask wanted = task(1, 16, 2000, 2 * lanes + 1);
    MiningTask cancelled = task(1, 40, 3000, 1000);
    MiningTask last = task(1, 76, 4000, 3);
    miner.submit(wanted);
    miner.submit(cancelled);
    miner.submit(last);
    // The third batch from here holds the last nonce of one task and the first of the other.
    algorithm.batchWatch =
        nonces -> {
          if (nonces.contains(2000L + 2 * lanes)) {
            miner.cancel(cancelled);
          }
        };
    algorithm.goOnHashing();

    for (int i = 0; i < 3; i++) {
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
    assertThat(algorithm.hashed).containsKeys(nonces(wanted, 2L * lanes + 1).toArray(Long[]::new));
    assertThat(algorithm.hashed).containsKeys(nonces(last, 3).toArray(Long[]::new));
    assertThat(algorithm.hashed.values()).containsOnly(1);
    assertThat(hashedInOrder().filter(n -> n >= 3000 && n < 4000).count()).isEqualTo(lanes - 1);
    assertThat(events.noncesOf(cancelled)).isEqualTo(shares(nonces(cancelled, lanes - 1)));
  }

  @Test
  void finishesTheBatchAtHandBeforeItTakesAnotherSeed() throws Exception {
    Miner miner = miner(2);
    List<MiningTask> tasks = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      tasks.add(task(1 + i / 2 % 3, 16 + i, 1000L * i, 5 * lanes + i));
      miner.submit(tasks.get(i));
    }
    for (int i = 0; i < tasks.size(); i++) {
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
    assertThat(algorithm.hashed.values()).containsOnly(1);
    assertThat(algorithm.hashed.keySet())
        .containsExactlyInAnyOrderElementsOf(
            tasks.stream().flatMap(t -> nonces(t, t.nonceCount()).stream()).toList());
    for (MiningTask task : tasks) {
      assertThat(events.sharesAtEnd.get(task)).isEqualTo(shares(nonces(task, task.nonceCount())));
    }
  }

  @Test
  void givesUpWhatIsUnderWayOfACancelledTaskWhenAnotherSeedComes() throws Exception {
    algorithm.stopHashing();
    MiningTask cancelled = task(1, 16, 0, 1000);
    MiningTask next = task(2, 16, 2000, 1);
    Miner miner = miner(1);
    miner.submit(cancelled);
    algorithm.hashesBegun.acquire(lanes);
    miner.submit(next);
    miner.cancel(cancelled);
    algorithm.goOnHashing();

    assertThat(events.awaitEnd().task()).isSameAs(next);
    assertThat(hashedInOrder())
        .containsExactlyElementsOf(join(nonces(cancelled, lanes), nonces(next, 1)));
  }

  @Test
  void holdsABatchOverAPauseAndGoesOnWithIt() throws Exception {
    Miner miner = minerInItsFirstBatch();
    MiningTask task = task(1, 16, 1000, 10L * lanes);
    miner.submit(task);
    miner.pause();
    algorithm.goOnHashing();
    awaitWaitingAfterABatch();
    assertThat(algorithm.batches).hasSize(1);
    assertThat(miner.searched(task)).hasValue(0);

    miner.resume();
    events.awaitEnd();
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(task, 10L * lanes, ""));
    assertThat(hashedInOrder().skip(lanes)).containsExactlyElementsOf(nonces(task, 10L * lanes));
  }

  @Test
  void letsGoOfABatchAndOfItsSeedWhenItsTaskIsCancelledInAPause() throws Exception {
    algorithm.stopHashing();
    MiningTask cancelled = task(1, 16, 0, 1000);
    Miner miner = miner(1);
    miner.submit(cancelled);
    algorithm.hashesBegun.acquire(lanes);
    miner.pause();
    algorithm.goOnHashing();
    awaitWaitingAfterABatch();

    miner.cancel(cancelled);
    miner.submit(task(2, 16, 2000, 1));
    miner.submit(task(3, 16, 3000, 1));
    events.awaitPrepared();
    events.awaitPrepared();
    assertThat(events.awaitPrepared()).as("needs the first one's place").isEqualTo(seed(3));
    assertThat(algorithm.mostAlive).hasValue(2);
    miner.resume();
    events.awaitEnd();
    events.awaitEnd();
    assertThat(hashedInOrder())
        .containsExactlyElementsOf(join(nonces(cancelled, lanes), List.of(2000L, 3000L)));
  }

  @Test
  void saysHowFarItIsWhileABatchIsUnderWay() throws Exception {
    algorithm.stopHashing();
    MiningTask task = task(1, 16, 0, 1000);
    Miner miner = miner(1);
    miner.submit(task);
    algorithm.hashesBegun.acquire(lanes);
    assertThat(miner.searched(task)).hasValue(0);
    assertThat(miner.hashes(0)).isZero();

    algorithm.hashPermits.release(lanes);
    algorithm.hashesBegun.acquire(lanes);
    assertThat(miner.searched(task)).hasValue(lanes);
    assertThat(miner.hashes(0)).isEqualTo(lanes);
  }

  @Test
  void failsTheTasksOfABatchThatFailsAndMinesTheOthers() throws Exception {
    Miner miner = minerInItsFirstBatch();
    MiningTask bad = task(1, 16, 2000, 1_000_000);
    MiningTask good = task(1, 16, 5_000_000, 10);
    algorithm.failingNonce = 2000 + 5L * lanes;
    miner.submit(bad);
    miner.submit(good);
    algorithm.goOnHashing();

    events.awaitEnd();
    RecordedEvents.End failure = events.awaitEnd();
    assertThat(failure.task()).isSameAs(bad);
    assertThat(failure.reason()).contains("scripted trouble");
    assertThat(failure.searched()).isLessThanOrEqualTo(5L * lanes);
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(good, 10, ""));
    assertThat(algorithm.hashed.values()).containsOnly(1);
  }

  @Test
  void failsEachTaskThatHasANonceInABatchThatFails() throws Exception {
    Miner miner = minerInItsFirstBatch();
    List<MiningTask> tasks = new ArrayList<>();
    for (int i = 0; i < 2 * lanes + 3; i++) {
      tasks.add(task(1, 16, 2000 + i, 1));
      miner.submit(tasks.get(i));
    }
    algorithm.failingNonce = 2000;
    algorithm.goOnHashing();

    events.awaitEnd();
    int inHand = overlaps ? 2 * lanes : lanes;
    for (int i = 0; i < tasks.size(); i++) {
      RecordedEvents.End end = events.awaitEnd();
      assertThat(end.task()).isSameAs(tasks.get(i));
      assertThat(end.reason().isEmpty()).isEqualTo(i >= inHand);
    }
  }

  @Test
  void failsATaskForWhichThereIsNoPipeline() throws Exception {
    algorithm.failingPipelines = true;
    Miner miner = miner(1);
    miner.submit(task(1, 16, 0, 10));
    assertThat(events.awaitEnd().reason()).contains("no memory for scripted lanes");

    algorithm.failingPipelines = false;
    miner.submit(task(1, 16, 0, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
  }

  @Test
  void failsOnlyTheTaskWhoseShareTheListenerDoesNotTake() throws Exception {
    Miner miner = minerInItsFirstBatch();
    long share =
        LongStream.range(2000, 3000).filter(ScriptedAlgorithm::isShare).findFirst().orElse(0);
    MiningTask before = task(1, 16, 1_000_000, 1);
    MiningTask bad = task(1, 16, share, 1);
    MiningTask after = task(1, 16, 1_000_100, 1);
    events.unwelcomeNonce = share;
    List.of(before, bad, after).forEach(miner::submit);
    algorithm.goOnHashing();

    List<RecordedEvents.End> ends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ends.add(events.awaitEnd());
    }
    assertThat(ends)
        .contains(new RecordedEvents.End(before, 1, ""), new RecordedEvents.End(after, 1, ""))
        .filteredOn(end -> end.task() == bad)
        .singleElement()
        .satisfies(end -> assertThat(end.searched()).as("to be searched again").isZero())
        .satisfies(end -> assertThat(end.reason()).contains("scripted displeasure"));
  }

  @Test
  void sharesShortAndLongRangesAmongThreads() throws Exception {
    Miner miner = miner(3);
    List<MiningTask> tasks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      tasks.add(task(1, 16 + i % 5, 10_000L * i, 1 + (i * i) % 977));
    }
    int submitted = 0;
    for (int ended = 0; ended < tasks.size(); ended++) {
      while (submitted < tasks.size() && submitted - ended < Miner.MAX_TASKS) {
        miner.submit(tasks.get(submitted++));
      }
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
    assertThat(algorithm.hashed.values()).containsOnly(1);
    assertThat(miner.totalHashes())
        .isEqualTo(algorithm.hashed.size())
        .isEqualTo(tasks.stream().mapToLong(MiningTask::nonceCount).sum());
    for (MiningTask task : tasks) {
      assertThat(events.sharesAtEnd.get(task)).isEqualTo(shares(nonces(task, task.nonceCount())));
    }
  }

  /** A miner of one thread that hashes a first batch, of a task of its own, until told to go on. */
  private Miner minerInItsFirstBatch() throws InterruptedException {
    algorithm.stopHashing();
    Miner miner = miner(1);
    miner.submit(task(1, 16, 9_000_000, lanes));
    algorithm.hashesBegun.acquire(lanes);
    return miner;
  }

  /** Waits until the only thread has completed its first batch and waits for something. */
  private void awaitWaitingAfterABatch() {
    while (algorithm.batches.isEmpty()) {
      Thread.onSpinWait();
    }
    FirstThread.awaitWaiting();
  }

  private Stream<Long> hashedInOrder() {
    return algorithm.batches.stream().flatMap(Collection::stream);
  }

  private static List<Long> nonces(MiningTask task, long count) {
    return LongStream.range(task.nonceStart(), task.nonceStart() + count).boxed().toList();
  }

  private static List<Long> shares(List<Long> nonces) {
    return nonces.stream().filter(ScriptedAlgorithm::isShare).toList();
  }

  private static List<Long> join(List<Long> first, List<Long> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private Miner miner(int threads) {
    Miner miner = Miner.start(MinerSettings.ofThreads(threads), events);
    miners.add(miner);
    return miner;
  }

  private SeedKey seed(int number) {
    return SeedKey.of(algorithm, new byte[] {(byte) number}, HashingMode.LIGHT);
  }

  /** A task whose blob of so many bytes begins with its length. */
  private MiningTask task(int seed, int length, long start, long count) {
    byte[] blob = new byte[length];
    blob[0] = (byte) length;
    return new MiningTask(
        seed(seed), blob, ScriptedAlgorithm.nonceOffset(), start, count, Target.forDifficulty(16));
  }
}
