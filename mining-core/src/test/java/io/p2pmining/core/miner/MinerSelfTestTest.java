package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class MinerSelfTestTest {

  private final ScriptedAlgorithm algorithm = new ScriptedAlgorithm(3, true);
  private final RecordedEvents events = new RecordedEvents();
  private final List<Miner> miners = new ArrayList<>();

  @AfterEach
  void closesEverything() {
    algorithm.goOnHashing();
    miners.forEach(Miner::close);
    assertThat(algorithm.misuses).isEmpty();
    assertThat(algorithm.hashers).as("pipelines left open").hasValue(0);
    assertThat(algorithm.alive).as("seeds left open").hasValue(0);
  }

  @Test
  void minesOnThreadsThatComputeRightHashes() throws Exception {
    algorithm.checkable = true;
    Miner miner = miner(3);
    MiningTask task = task(1, 0, 10_000);
    miner.submit(task);
    assertThat(events.awaitEnd()).isEqualTo(new RecordedEvents.End(task, 10_000, ""));
    assertThat(events.hasFault()).isFalse();
    assertThat(algorithm.hashed).as("the self-test counts for nothing").hasSize(10_000);
    assertThat(miner.totalHashes()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "2,0", "0,1", "2,1"})
  void namesAThreadThatComputesWrongHashesAndDoesNotUseIt(int lane, int batch) throws Exception {
    algorithm.checkable = true;
    algorithm.wrongAnswers =
        (thread, seed, l, b) -> thread.equals("miner-1") && l == lane && b == batch;
    Miner miner = miner(MinerSettings.ofThreads(3).withCpus(List.of(4, 6, 8), ThreadSetup.NONE));
    algorithm.stopHashing();
    miner.submit(task(1, 0, 10_000));

    Map.Entry<Integer, String> fault = events.awaitFault();
    assertThat(fault.getKey()).isEqualTo(1);
    assertThat(fault.getValue())
        .contains("thread 1 on processor 6")
        .contains("scripted seed 01")
        .contains("lane " + lane + " of 3");
    algorithm.goOnHashing();
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(miner.hashes(1)).isZero();
    assertThat(algorithm.hashed).hasSize(10_000);
  }

  @Test
  void neverUsesAThreadAgainThatIsAtFaultWhereOthersAreRight() throws Exception {
    algorithm.checkable = true;
    algorithm.wrongAnswers = (thread, seed, lane, batch) -> thread.equals("miner-0") && seed == 1;
    Miner miner = miner(2);
    algorithm.stopHashing();
    miner.submit(task(1, 0, 100));
    assertThat(events.awaitFault().getKey()).isZero();
    algorithm.goOnHashing();
    events.awaitEnd();

    for (int seed = 2; seed <= 5; seed++) {
      miner.submit(task(seed, 1000L * seed, 500));
      assertThat(events.awaitEnd().reason()).isEmpty();
    }
    assertThat(miner.hashes(0)).isZero();
    assertThat(events.hasFault()).isFalse();
  }

  @Test
  void refusesASeedUnderWhichNoThreadComputesRightHashes() throws Exception {
    algorithm.checkable = true;
    algorithm.wrongAnswers = (thread, seed, lane, batch) -> seed == 1;
    Miner miner = miner(3);
    List<MiningTask> tasks = List.of(task(1, 0, 10), task(1, 100, 10));
    tasks.forEach(miner::submit);
    Set<Integer> faulty = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      faulty.add(events.awaitFault().getKey());
    }
    assertThat(faulty).containsExactly(0, 1, 2);
    for (int i = 0; i < 2; i++) {
      RecordedEvents.End end = events.awaitEnd();
      assertThat(tasks).contains(end.task());
      assertThat(end.searched()).isZero();
      assertThat(end.reason()).contains("no mining thread computes right hashes of scripted");
    }
    assertThat(algorithm.hashed).isEmpty();

    algorithm.stopHashing();
    miner.submit(task(2, 1000, 18)); // two batches for each thread
    algorithm.hashesBegun.acquire(9);
    algorithm.goOnHashing();
    assertThat(events.awaitEnd().reason()).as("all three hash another seed").isEmpty();
  }

  @Test
  void triesARefusedSeedAnewBecauseItsMemoryMayHaveBeenAtFault() throws Exception {
    algorithm.checkable = true;
    algorithm.wrongAnswers = (thread, seed, lane, batch) -> true;
    Miner miner = miner(1);
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).isNotEmpty();
    algorithm.wrongAnswers = (thread, seed, lane, batch) -> false;
    miner.submit(task(1, 0, 10));
    assertThat(events.awaitEnd().reason()).isEmpty();
    assertThat(algorithm.preparations).hasValue(2);
  }

  @Test
  void testsTheFullSeedToo() throws Exception {
    algorithm.checkable = true;
    algorithm.offersInterim = true;
    algorithm.stopPreparing();
    Miner miner = miner(1);
    SeedKey full = SeedKey.of(algorithm, new byte[] {1}, HashingMode.FULL);
    miner.submit(new MiningTask(full, new byte[16], 3, 0, 1 << 30, Target.forDifficulty(16)));
    algorithm.hashesBegun.acquire(10);
    algorithm.wrongAnswers = (thread, seed, lane, batch) -> true;
    algorithm.preparePermits.release();
    assertThat(events.awaitEnd().reason()).contains("no mining thread computes right hashes");
    assertThat(algorithm.modes.values()).containsOnly(HashingMode.LIGHT);
  }

  private Miner miner(int threads) {
    return miner(MinerSettings.ofThreads(threads));
  }

  private Miner miner(MinerSettings settings) {
    Miner miner = Miner.start(settings, events);
    miners.add(miner);
    return miner;
  }

  private MiningTask task(int seed, long start, long count) {
    SeedKey key = SeedKey.of(algorithm, new byte[] {(byte) seed}, HashingMode.LIGHT);
    return new MiningTask(
        key, new byte[16], ScriptedAlgorithm.nonceOffset(), start, count, Target.forDifficulty(16));
  }
}
