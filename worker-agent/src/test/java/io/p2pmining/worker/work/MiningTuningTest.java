package io.p2pmining.worker.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmining.core.cpu.Affinity;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MinerListener;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.miner.MiningTask;
import io.p2pmining.core.miner.SeedKey;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.pow.Target;
import io.p2pmining.core.tuning.FixedSettings;
import io.p2pmining.core.tuning.StoredTuning;
import io.p2pmining.core.tuning.TuningKey;
import io.p2pmining.core.tuning.TuningRule;
import io.p2pmining.core.tuning.TuningStore;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.MiningChoice;
import io.p2pmining.worker.machine.TuningState;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MiningTuningTest {

  private static final String VERSION = "1.2.3";
  private static final MiningPlan PLAN =
      new MiningPlan(List.of(new MiningPlan.Place(0, 0), new MiningPlan.Place(1, 0)), 2);
  private static final PowAlgorithms ALGORITHMS = PowAlgorithms.load();
  private static final PowAlgorithm SHA = ALGORITHMS.find("sha256d").orElseThrow();
  private static final FixedSettings ONE_THREAD =
      new FixedSettings(1, PrefetchMode.AUTO, 1, Affinity.OFF, PagePolicy.AUTO);

  @TempDir private Path directory;

  private final AtomicBoolean onBattery = new AtomicBoolean();
  private final AtomicInteger changes = new AtomicInteger();
  private final AlgorithmCatalog catalog = new AlgorithmCatalog(ALGORITHMS, HashingMode.LIGHT);
  private final MinerSettings settings = MinerSettings.ofThreads(1).withSpareThreads(1);
  private final Miner miner = Miner.start(settings, new Nobody());
  private PreparedSeed seed;
  private Path file = Path.of("");

  private static final class Nobody implements MinerListener {
    @Override
    public void shareFound(MiningTask task, long nonce, byte[] hash) {}

    @Override
    public void rangeCompleted(MiningTask task, long searched, Duration elapsed) {}

    @Override
    public void rangeFailed(MiningTask task, long searched, String reason) {}
  }

  @BeforeEach
  void mines() throws Exception {
    file = directory.resolve(TuningStore.NAME);
    seed = SHA.prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
    catalog.learnEngine(seed);
    for (int task = 0; task < Miner.MAX_TASKS; task++) {
      miner.submit(
          new MiningTask(
              SeedKey.of(SHA, new byte[0], HashingMode.LIGHT),
              new byte[80],
              76,
              0,
              1L << 32,
              Target.forDifficulty(BigInteger.ONE.shiftLeft(255))));
    }
  }

  @AfterEach
  void stops() {
    miner.close();
    seed.close();
  }

  private MiningTuning tuning(FixedSettings fixed) {
    return new MiningTuning(
        Optional.of(
            new MiningTuning.Terms(
                new TuningStore(file),
                PLAN,
                2,
                settings.shape(),
                fixed,
                TuningRule.within(Duration.ofSeconds(5)),
                VERSION,
                onBattery::get)),
        catalog);
  }

  private void prepared(MiningTuning tuning) {
    tuning.prepared(miner, seed, changes::incrementAndGet);
  }

  private Optional<StoredTuning> stored() {
    return new TuningStore(file).find(TuningKey.of(seed, 2, VERSION, FixedSettings.NONE));
  }

  private MiningShape shape() {
    return miner.shape(SHA, HashingMode.LIGHT);
  }

  private void awaitTuned() {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> catalog.tuningOf(SHA) == TuningState.TUNED && changes.get() == 1);
  }

  @Test
  void findsOutWhatIsFastestAndKeepsIt() {
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      awaitTuned();
      StoredTuning kept = stored().orElseThrow();
      assertThat(shape()).isEqualTo(kept.shape(settings.shape().withLanes(1), PLAN));
      assertThat(kept.hashesPerSecond()).isPositive();
      assertThat(catalog.threadsOf(SHA)).hasValue(kept.threads());
    }
  }

  @Test
  void usesAtOnceWhatWasFoundOut() throws Exception {
    TuningKey key = TuningKey.of(seed, 2, VERSION, FixedSettings.NONE);
    new TuningStore(file)
        .keep(key, new StoredTuning(2, 1, PrefetchMode.AUTO, true, PagePolicy.AUTO, 7));
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      assertThat(shape())
          .isEqualTo(new MiningShape(2, 1, PrefetchMode.AUTO, PagePolicy.AUTO, List.of(0, 1)));
      assertThat(catalog.tuningOf(SHA)).isEqualTo(TuningState.STORED);
      assertThat(catalog.threadsOf(SHA)).hasValue(2);
      assertThat(catalog.useOf(SHA).orElseThrow().lanes()).isEqualTo(1);
    }
  }

  @Test
  void doesNotUseWhatNeedsMoreThreadsThanThereAre() throws Exception {
    TuningKey key = TuningKey.of(seed, 2, VERSION, FixedSettings.NONE);
    new TuningStore(file)
        .keep(key, new StoredTuning(3, 1, PrefetchMode.AUTO, false, PagePolicy.AUTO, 7));
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      awaitTuned();
      assertThat(stored().orElseThrow().threads()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void changesNothingThatIsSet() throws Exception {
    TuningKey key = TuningKey.of(seed, 2, VERSION, FixedSettings.NONE);
    new TuningStore(file)
        .keep(key, new StoredTuning(2, 1, PrefetchMode.AUTO, false, PagePolicy.AUTO, 7));
    try (MiningTuning tuning = tuning(ONE_THREAD)) {
      prepared(tuning);
      assertThat(shape()).isEqualTo(settings.shape());
      assertThat(catalog.tuningOf(SHA)).isEqualTo(TuningState.DEFAULT);
    }
  }

  @Test
  void doesNothingWhenItIsOff() throws Exception {
    TuningKey key = TuningKey.of(seed, 2, VERSION, FixedSettings.NONE);
    new TuningStore(file)
        .keep(key, new StoredTuning(2, 1, PrefetchMode.AUTO, false, PagePolicy.AUTO, 7));
    try (MiningTuning tuning = new MiningTuning(Optional.empty(), catalog)) {
      prepared(tuning);
      assertThat(shape()).isEqualTo(settings.shape());
      assertThat(catalog.tuningOf(SHA)).isEqualTo(TuningState.DEFAULT);
    }
  }

  @Test
  void tunesAnewWhereTheFileIsBroken() throws Exception {
    Files.writeString(file, "{\"form\": 1, \"resul");
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      awaitTuned();
      assertThat(stored()).isPresent();
    }
  }

  @Test
  void goesOnWithAResultThatCannotBeKept() throws Exception {
    file = directory.resolve("missing").resolve(TuningStore.NAME);
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      awaitTuned();
      assertThat(catalog.threadsOf(SHA)).isPresent();
    }
  }

  @Test
  void tunesOnceWhileTheWorkerRuns() {
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      prepared(tuning);
      awaitTuned();
      prepared(tuning);
      assertThat(catalog.tuningOf(SHA)).isEqualTo(TuningState.TUNED);
      assertThat(changes).hasValue(1);
    }
  }

  @Test
  void waitsWhileTheMachineRunsOnItsBattery() throws Exception {
    onBattery.set(true);
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      await().until(() -> catalog.tuningOf(SHA) == TuningState.MEASURING);
      assertThat(stored()).isEmpty();
      assertThat(shape()).isEqualTo(settings.shape().withLanes(1));
    }
    await().until(() -> catalog.tuningOf(SHA) == TuningState.DEFAULT);
    assertThat(file).as("the worker has ended before").doesNotExist();
  }

  private static MiningChoice threads(int count) {
    return new MiningChoice(HashingMode.LIGHT, count, List.of(), "as it is set");
  }

  private static FixedSettings fixedThreads(int count) {
    return new FixedSettings(1, PrefetchMode.AUTO, count, Affinity.OFF, PagePolicy.AUTO);
  }

  @Test
  void usesOtherThreadsAlthoughItTunesNothing() {
    try (MiningTuning tuning = new MiningTuning(Optional.empty(), catalog)) {
      prepared(tuning);
      tuning.changeThreads(miner, threads(2), fixedThreads(2), changes::incrementAndGet);

      await().until(() -> changes.get() == 1);
      assertThat(shape().threads()).isEqualTo(2);
      assertThat(catalog.threads()).hasValue(2);
      assertThat(catalog.threadsOf(SHA)).hasValue(2);
    }
  }

  @Test
  void endsWhatItMeasuresForOtherThreads() throws Exception {
    onBattery.set(true);
    try (MiningTuning tuning = tuning(FixedSettings.NONE)) {
      prepared(tuning);
      await().until(() -> catalog.tuningOf(SHA) == TuningState.MEASURING);

      tuning.changeThreads(miner, threads(2), fixedThreads(2), changes::incrementAndGet);

      await().until(() -> changes.get() == 2);
      assertThat(shape().threads()).isEqualTo(2);
      assertThat(catalog.tuningOf(SHA)).isEqualTo(TuningState.DEFAULT);
      assertThat(stored()).isEmpty();

      prepared(tuning);
      assertThat(shape().threads()).as("what is set is not tuned").isEqualTo(2);
      assertThat(catalog.tuningOf(SHA)).isEqualTo(TuningState.DEFAULT);
    }
  }
}
