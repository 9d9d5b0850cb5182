package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.memory.SharingPolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MinerSettingsTest {

  private final ScriptedAlgorithm algorithm = new ScriptedAlgorithm(2, true);
  private final RecordedEvents events = new RecordedEvents();

  @Test
  void runsTheSetUpOnEachThreadWithItsProcessor() throws Exception {
    Map<String, Integer> cpus = new ConcurrentHashMap<>();
    MinerSettings settings =
        MinerSettings.ofThreads(3)
            .withCpus(
                List.of(4, 0, 2),
                (thread, cpu) ->
                    cpus.put(thread + " on " + Thread.currentThread().getName(), cpu.orElse(-1)));
    try (Miner miner = Miner.start(settings, events)) {
      mineWith(miner);
    }
    assertThat(cpus).isEqualTo(Map.of("0 on miner-0", 4, "1 on miner-1", 0, "2 on miner-2", 2));
  }

  @Test
  void minesAllTheSameIfAThreadCannotBeSetUp() throws Exception {
    ThreadSetup broken =
        (thread, cpu) -> {
          assertThat(cpu).isEmpty();
          throw new IllegalStateException("scripted trouble");
        };
    try (Miner miner =
        Miner.start(MinerSettings.ofThreads(2).withCpus(List.of(), broken), events)) {
      mineWith(miner);
    }
  }

  @Test
  void preparesSeedsForTheChosenEngine() throws Exception {
    EngineSettings engine = EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF).withLanes(3);
    try (Miner miner = Miner.start(MinerSettings.ofThreads(1).withEngine(engine), events)) {
      mineWith(miner);
    }
    assertThat(algorithm.lastEngine).isEqualTo(engine);
  }

  @Test
  void preparesOnTheThreadsOfAllWhoShareWhileTasksWait() throws Exception {
    Sharing sharing = new Sharing(SharingPolicy.AUTO, Path.of("shared"), 5);
    EngineSettings engine = EngineSettings.AUTO.withSharing(sharing);
    try (Miner miner = Miner.start(MinerSettings.ofThreads(1).withEngine(engine), events)) {
      mineWith(miner);
    }
    assertThat(algorithm.lastPreparationThreads).isEqualTo(5);
    assertThat(MinerSettings.ofThreads(9).withEngine(engine).preparingThreads()).isEqualTo(9);
  }

  @Test
  void refusesProcessorsThatDoNotFitTheThreads() {
    MinerSettings settings = MinerSettings.ofThreads(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withCpus(List.of(1), ThreadSetup.NONE))
        .withMessageContaining("cpus=[1]")
        .withMessageContaining("threads=2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withCpus(List.of(0, -1), ThreadSetup.NONE))
        .withMessageContaining("cpus=[0, -1]");
  }

  private void mineWith(Miner miner) throws InterruptedException {
    SeedKey key = SeedKey.of(algorithm, new byte[0], HashingMode.LIGHT);
    miner.submit(
        new MiningTask(key, new byte[16], ScriptedAlgorithm.nonceOffset(), 0, 100, Target.EASIEST));
    assertThat(events.awaitEnd().reason()).isEmpty();
  }
}
