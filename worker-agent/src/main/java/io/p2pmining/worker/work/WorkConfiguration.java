package io.p2pmining.worker.work;

import io.p2pmining.core.cpu.Answer;
import io.p2pmining.core.cpu.DesktopActivity;
import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.cpu.PowerSource;
import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.miner.PauseReason;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.CapabilityReport;
import io.p2pmining.worker.machine.MachineSurvey;
import io.p2pmining.worker.machine.MiningChoice;
import io.p2pmining.worker.machine.MiningChooser;
import io.p2pmining.worker.machine.MiningThreads;
import io.p2pmining.worker.node.DataDirectory;
import io.p2pmining.worker.node.WorkerSettings;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up the miner and the desk in front of it. */
@Configuration(proxyBeanMethods = false)
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
  MiningChoice miningChoice(
      WorkerSettings settings,
      MachineSurvey survey,
      PowAlgorithms algorithms,
      SharingStart sharing) {
    long memory =
        survey.availableMemoryBytes() + sharing.heldBytes() - settings.memoryReserve().toBytes();
    MiningChoice choice =
        new MiningChooser(
                survey.machine(),
                MiningPlan.detect(MiningThreads.L3_BYTES_PER_THREAD),
                Math.max(0, memory),
                settings.engine().mostLanes())
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
      WorkerSettings settings, MachineSurvey survey, MiningChoice choice, SharingStart sharing) {
    return new MinerSettings(
        choice.threads(),
        settings.niceness(),
        survey::availableMemoryBytes,
        settings.memoryReserve().toBytes(),
        settings.engine().withSharing(sharing.sharing()),
        choice.cpus(),
        new ThreadBinding(settings.processors()));
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
      CapabilityReport capabilities,
      CheckpointKeeper checkpoints,
      InstantSource clock) {
    DeskPolicy policy =
        new DeskPolicy(
            settings.outboxCapacity(),
            settings.progressInterval(),
            settings.disconnectGrace(),
            settings.throttle());
    WorkDesk desk =
        new WorkDesk(policy, miner, catalog, capabilities, clock, checkpoints::resultChanged);
    desk.resume(checkpoints.load());
    checkpoints.keep(desk::checkpoint);
    return desk;
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
