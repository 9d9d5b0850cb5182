package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancels tasks at random moments and compares what was said with what was hashed. */
@Timeout(120)
class MinerCancellationTest {

  private static final int TASKS = 300;
  private static final int NONCES = 2000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void saysNeitherMoreNorLessThanItHashedUnderRandomCancels(int lanes) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    ScriptedAlgorithm algorithm = new ScriptedAlgorithm(lanes, true);
    RecordedEvents events = new RecordedEvents();
    Deque<MiningTask> open = new ArrayDeque<>();
    try (Miner miner = Miner.start(MinerSettings.ofThreads(4), events)) {
      for (int i = 0; i < TASKS; i++) {
        MiningTask task = task(algorithm, random.nextInt(3), i * (long) NONCES);
        miner.submit(task);
        open.add(task);
        while (open.size() > random.nextInt(4)) {
          spin(random.nextInt(200_000));
          checkWatermark(miner, algorithm, open.peekFirst(), seed);
          checkWatermark(miner, algorithm, open.peekLast(), seed);
          miner.cancel(random.nextBoolean() ? open.removeFirst() : open.removeLast());
        }
      }
    }
    assertThat(algorithm.misuses).as("seed=%d", seed).isEmpty();
    assertThat(algorithm.hashed.values()).as("seed=%d", seed).containsOnly(1);
    assertThat(events.shares.stream().map(RecordedEvents.Share::nonce))
        .as("seed=%d", seed)
        .containsExactlyInAnyOrderElementsOf(
            algorithm.hashed.keySet().stream().filter(ScriptedAlgorithm::isShare).toList());
    assertThat(algorithm.alive).as("seed=%d", seed).hasValue(0);
    assertThat(algorithm.mostAlive.get()).as("seed=%d", seed).isLessThanOrEqualTo(2);
  }

  private static void checkWatermark(
      Miner miner, ScriptedAlgorithm algorithm, MiningTask task, long seed) {
    OptionalLong searched = miner.searched(task);
    if (searched.isPresent()) {
      long end = task.nonceStart() + searched.getAsLong();
      assertThat(LongStream.range(task.nonceStart(), end))
          .as("seed=%d, searched=%d", seed, searched.getAsLong())
          .allMatch(algorithm.hashed::containsKey);
      assertThat(miner.searched(task).orElse(Long.MAX_VALUE))
          .as("seed=%d, a later reading", seed)
          .isGreaterThanOrEqualTo(searched.getAsLong());
    }
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static MiningTask task(ScriptedAlgorithm algorithm, int seed, long start) {
    SeedKey key = SeedKey.of(algorithm, new byte[] {(byte) seed}, HashingMode.LIGHT);
    return new MiningTask(
        key,
        new byte[16],
        ScriptedAlgorithm.nonceOffset(),
        start,
        NONCES,
        Target.forDifficulty(16));
  }
}
