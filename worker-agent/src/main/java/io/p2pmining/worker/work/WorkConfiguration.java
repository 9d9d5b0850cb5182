package io.p2pmining.worker.work;

import static io.p2pmining.core.pow.EngineSettings.MAX_LANES;

import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.core.cpu.Answer;
import io.p2pmining.core.cpu.CacheTopology;
import io.p2pmining.core.cpu.DesktopActivity;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.cpu.NumaNodes;
import io.p2pmining.core.cpu.PowerSource;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.PauseReason;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.HashingNode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.tuning.FixedSettings;
import io.p2pmining.core.tuning.NodeChoice;
import io.p2pmining.core.tuning.TuningChoices;
import io.p2pmining.core.tuning.TuningRule;
import io.p2pmining.core.tuning.TuningStore;
import io.p2pmining.service.tracing.Spans;
import io.p2pmining.service.tracing.TracingConfiguration;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.CapabilityReport;
import io.p2pmining.worker.machine.MachineSurvey;
import io.p2pmining.worker.machine.MiningChoice;
import io.p2pmining.worker.machine.MiningChooser;
import io.p2pmining.worker.machine.MiningThreads;
import io.p2pmining.worker.node.DataDirectory;
import io.p2pmining.worker.node.NodeIdentity;
import io.p2pmining.worker.node.NumaSetting;
import io.p2pmining.worker.node.TuneSetting;
import io.p2pmining.worker.node.WorkerSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Sets up the miner and the desk in front of it. */
@Configuration(proxyBeanMethods = false)
@Import(TracingConfiguration.class)
class WorkConfiguration {

  @Bean
  MachineSurvey machineSurvey() {
    return MachineSurvey.take();
  }

  @Bean
  PowAlgorithms algorithms() {
    return PowAlgorithms.load();
  }

  @Bean
  SharingStart sharingStart(WorkerSettings settings) {
    return SharingStart.of(settings.sharing());
  }

  @Bean
  MiningPlan miningPlan() {
    return MiningPlan.detect(MiningThreads.L3_BYTES_PER_THREAD);
  }

  @Bean
  CacheTopology cacheTopology() {
    return CacheTopology.detect();
  }

  @Bean
  MiningChoice miningChoice(
      WorkerSettings settings,
      MachineSurvey survey,
      MiningPlan plan,
      PowAlgorithms algorithms,
      SharingStart sharing) {
    long memory =
        survey.availableMemoryBytes() + sharing.heldBytes() - settings.memoryReserve().toBytes();
    MiningChoice choice =
        new MiningChooser(
                survey.machine(), plan, Math.max(0, memory), settings.engine().mostLanes())
            .choose(
                algorithms.all(),
                settings.mode().wanted(),
                settings.threads(),
                settings.processors());
    WorkLog.chosen(choice);
    return choice;
  }

  @Bean
  AlgorithmCatalog algorithmCatalog(PowAlgorithms algorithms, MiningChoice choice) {
    return new AlgorithmCatalog(algorithms, choice.mode());
  }

  @Bean
  MinerSettings minerSettings(
      WorkerSettings settings,
      Reloadable<WorkerSettings> live,
      MachineSurvey survey,
      MiningChoice choice,
      MiningPlan plan,
      CacheTopology topology,
      SharingStart sharing) {
    MinerSettings usual =
        new MinerSettings(
            choice.threads(),
            settings.niceness(),
            survey::availableMemoryBytes,
            () -> live.get().memoryReserve().toBytes(),
            settings
                .engine()
                .withSharing(sharing.sharing())
                .withNodes(nodes(settings, choice, NumaNodes.detect())),
            choice.cpus(),
            new ThreadBinding(settings.processors()),
            0);
    int forTuning =
        switch (settings.tune()) {
          case OFF -> 0;
          case AUTO -> spareThreads(usual, plan, topology, settings.fixed());
        };
    int forOtherSettings = survey.machine().cores() - usual.threads();
    return usual.withSpareThreads(Math.max(forTuning, forOtherSettings));
  }

  private static List<HashingNode> nodes(
      WorkerSettings settings, MiningChoice choice, NumaNodes machine) {
    if (settings.numa() == NumaSetting.OFF || choice.mode() == HashingMode.LIGHT) {
      return List.of();
    }
    List<HashingNode> nodes = NodeChoice.of(machine, choice.cpus());
    WorkLog.nodes(nodes.size(), machine, choice);
    return nodes;
  }

  /** As many as any shape that may be tried has more than usual. */
  private static int spareThreads(
      MinerSettings usual, MiningPlan plan, CacheTopology topology, FixedSettings fixed) {
    int most =
        TuningChoices.of(usual.shape(), plan, topology.cores().size(), MAX_LANES, false, fixed)
            .mostThreads();
    return Math.max(0, most - usual.threads());
  }

  @Bean
  MiningTuning miningTuning(
      WorkerSettings settings,
      MinerSettings miner,
      MiningPlan plan,
      CacheTopology topology,
      DataDirectory directory,
      NodeIdentity identity,
      AlgorithmCatalog catalog) {
    Path set = settings.tuningFile();
    MiningTuning.Terms terms =
        new MiningTuning.Terms(
            new TuningStore(set == null ? directory.file(TuningStore.NAME) : set),
            plan,
            topology.cores().size(),
            miner.shape(),
            settings.fixed(),
            TuningRule.within(settings.tuneTime()),
            identity.version(),
            () -> PowerSource.onBattery() == Answer.YES);
    return new MiningTuning(
        settings.tune() == TuneSetting.AUTO ? Optional.of(terms) : Optional.empty(), catalog);
  }

  @Bean
  CapabilityReport capabilityReport(
      MachineSurvey survey, AlgorithmCatalog catalog, MinerSettings miner) {
    return new CapabilityReport(survey, catalog, miner.threads());
  }

  @Bean
  CheckpointKeeper checkpointKeeper(DataDirectory directory, InstantSource clock) {
    return new CheckpointKeeper(new CheckpointFile(directory.path()), clock);
  }

  @Bean
  WorkDesk workDesk(
      WorkerSettings settings,
      MinerSettings miner,
      AlgorithmCatalog catalog,
      MiningTuning tuning,
      CapabilityReport capabilities,
      CheckpointKeeper checkpoints,
      Spans spans,
      InstantSource clock) {
    DeskPolicy policy =
        new DeskPolicy(
            settings.outboxCapacity(),
            settings.progressInterval(),
            settings.disconnectGrace(),
            settings.throttle());
    WorkDesk desk =
        new WorkDesk(
            policy, miner, catalog, tuning, capabilities, spans, clock, checkpoints::resultChanged);
    desk.resume(checkpoints.load());
    checkpoints.keep(desk::checkpoint);
    return desk;
  }

  /** The mode and what decides on it stay; threads are counted as they are at the start. */
  @Bean
  MiningChanges miningChanges(
      Reloadable<WorkerSettings> settings,
      WorkDesk desk,
      MachineSurvey survey,
      MiningPlan plan,
      PowAlgorithms algorithms,
      MiningChoice choice) {
    MiningChanges changes =
        new MiningChanges(
            desk,
            next ->
                new MiningChooser(survey.machine(), plan, 0, next.engine().mostLanes())
                    .choose(algorithms.all(), choice.mode(), next.threads(), next.processors()));
    changes.follow(settings);
    return changes;
  }

  @Bean(initMethod = "start")
  Prefetchers prefetchers(WorkerSettings settings) {
    return new Prefetchers(settings.msr());
  }

  @Bean(initMethod = "start")
  OwnerWatch ownerWatch(WorkerSettings settings, WorkDesk desk) {
    Map<PauseReason, Supplier<Answer>> questions = new EnumMap<>(PauseReason.class);
    if (settings.pauseOnBattery()) {
      questions.put(PauseReason.ON_BATTERY, PowerSource::onBattery);
    }
    if (settings.pauseWhileActive()) {
      questions.put(PauseReason.DESKTOP_ACTIVE, new DesktopActivity()::active);
    }
    return new OwnerWatch(questions, desk);
  }

  @Bean
  ActivityReport activityReport(WorkDesk desk, AlgorithmCatalog catalog, MachineSurvey survey) {
    return new ActivityReport(desk, catalog, survey::availableMemoryBytes);
  }
}
