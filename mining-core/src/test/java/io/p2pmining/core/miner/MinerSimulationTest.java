package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many short tasks that come and go while batches are under way, on one thread. Everything is
 * decided on that thread, in the middle of a batch, so that a model can say exactly which nonces
 * each batch holds.
 */
@Timeout(120)
class MinerSimulationTest {

  private static final int BATCHES = 4000;
  private static final int MAX_COUNT = 12;
  private static final int MAX_OPEN = 6;

  @ParameterizedTest
  @CsvSource({"1,true", "2,true", "3,true", "4,true", "1,false", "2,false", "3,false", "4,false"})
  void hashesExactlyWhatItsModelSays(int lanes, boolean overlaps) throws Exception {
    long seed = new Random().nextLong();
    ScriptedAlgorithm algorithm = new ScriptedAlgorithm(lanes, overlaps);
    RecordedEvents events = new RecordedEvents();
    try (Miner miner = Miner.start(MinerSettings.ofThreads(1), events)) {
      Simulation simulation = new Simulation(miner, algorithm, new Random(seed));
      algorithm.batchWatch = simulation::batchNearlyComplete;
      simulation.begin();
      assertThat(simulation.over.await(60, TimeUnit.SECONDS)).as("seed=%d", seed).isTrue();
      while (miner.state() != MinerState.IDLE) {
        Thread.onSpinWait();
      }
      miner.close();
      assertThat(algorithm.misuses).as("seed=%d", seed).isEmpty();
      assertThat(events.shares.stream().map(RecordedEvents.Share::nonce))
          .as("seed=%d", seed)
          .containsExactlyElementsOf(simulation.shares);
      assertThat(events.drainEnds()).as("seed=%d", seed).isEqualTo(simulation.ends);
    }
  }

  /** A task as the model sees it. */
  private static final class ModelTask {
    final MiningTask task;
    long loaded;
    long hashed;
    boolean ended;

    ModelTask(MiningTask task) {
      this.task = task;
    }
  }

  /** A nonce in a lane, as the model sees it. */
  private record Lane(ModelTask task, long nonce) {}

  private final class Simulation {

    private final Miner miner;
    private final ScriptedAlgorithm algorithm;
    private final Random random;
    private final List<ModelTask> open = new ArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);
    final List<Long> shares = new ArrayList<>();
    final List<RecordedEvents.End> ends = new ArrayList<>();
    private List<Lane> underWay = List.of();
    private int batches;
    private long nextStart;

    Simulation(Miner miner, ScriptedAlgorithm algorithm, Random random) {
      this.miner = miner;
      this.algorithm = algorithm;
      this.random = random;
    }

    /** Submits the first task; from then on everything happens on the mining thread. */
    void begin() {
      ModelTask first = newTask();
      underWay = load();
      miner.submit(first.task);
    }

    /** On the mining thread: what comes after this batch is loaded already if batches overlap. */
    void batchNearlyComplete(List<Long> nonces) {
      assertThat(nonces).isEqualTo(underWay.stream().map(Lane::nonce).toList());
      List<Lane> next = algorithm.overlaps ? load() : List.of();
      act();
      for (Lane lane : underWay) {
        hashed(lane);
      }
      underWay = next.stream().anyMatch(lane -> !lane.task.ended) ? next : load();
      if (underWay.isEmpty()) {
        over.countDown();
      }
    }

    private void hashed(Lane lane) {
      ModelTask task = lane.task;
      if (ScriptedAlgorithm.isShare(lane.nonce)) {
        shares.add(lane.nonce);
      }
      task.hashed++;
      if (task.hashed == task.task.nonceCount() && open.remove(task)) {
        task.ended = true;
        ends.add(new RecordedEvents.End(task.task, task.hashed, ""));
      }
    }

    private void act() {
      if (++batches > BATCHES) {
        return;
      }
      while (!open.isEmpty() && random.nextInt(5) == 0) {
        ModelTask task = open.remove(random.nextInt(open.size()));
        task.ended = true;
        assertThat(miner.cancel(task.task)).isTrue();
      }
      while (isRunningOut() || (open.size() < MAX_OPEN && random.nextInt(4) == 0)) {
        miner.submit(newTask().task);
      }
      for (ModelTask task : open) {
        assertThat(miner.searched(task.task).orElseThrow()).isLessThanOrEqualTo(task.hashed);
      }
    }

    private boolean isRunningOut() {
      return open.stream().allMatch(task -> task.loaded == task.task.nonceCount());
    }

    private ModelTask newTask() {
      int count = 1 + random.nextInt(MAX_COUNT);
      SeedKey key = SeedKey.of(algorithm, new byte[0], HashingMode.LIGHT);
      byte[] blob = new byte[7 + random.nextInt(80)];
      Target target = Target.forDifficulty(16);
      ModelTask task =
          new ModelTask(
              new MiningTask(key, blob, ScriptedAlgorithm.nonceOffset(), nextStart, count, target));
      nextStart += count;
      open.add(task);
      return task;
    }

    /** The next nonces of the open tasks, in their order, as many as there are lanes. */
    private List<Lane> load() {
      List<Lane> lanes = new ArrayList<>();
      for (ModelTask task : open) {
        while (lanes.size() < algorithm.lanes && task.loaded < task.task.nonceCount()) {
          lanes.add(new Lane(task, task.task.nonceStart() + task.loaded++));
        }
      }
      return lanes;
    }
  }
}
