package io.p2pmining.worker.work;

import io.p2pmining.core.miner.MinerSettings;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.worker.machine.AlgorithmCatalog;
import io.p2pmining.worker.machine.CapabilityReport;
import io.p2pmining.worker.machine.MachineSurvey;
import io.p2pmining.worker.machine.MiningThreads;
import io.p2pmining.worker.node.WorkerSettings;
import java.time.InstantSource;
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
  AlgorithmCatalog algorithmCatalog(WorkerSettings settings) {
    return new AlgorithmCatalog(PowAlgorithms.load(), settings.mode());
  }

  @Bean
  MinerSettings minerSettings(WorkerSettings settings, MachineSurvey survey) {
    return new MinerSettings(
        MiningThreads.count(survey.machine(), settings.mode(), settings.threads()),
        settings.niceness(),
        survey::availableMemoryBytes,
        settings.memoryReserve().toBytes());
  }

  @Bean
  CapabilityReport capabilityReport(
      MachineSurvey survey, AlgorithmCatalog catalog, MinerSettings miner) {
    return new CapabilityReport(survey, catalog, miner.threads());
  }

  @Bean
  WorkDesk workDesk(
      WorkerSettings settings,
      MinerSettings miner,
      AlgorithmCatalog catalog,
      CapabilityReport capabilities,
      InstantSource clock) {
    DeskPolicy policy =
        new DeskPolicy(
            settings.outboxCapacity(), settings.progressInterval(), settings.disconnectGrace());
    return new WorkDesk(policy, miner, catalog, capabilities, clock);
  }

  @Bean
  ActivityReport activityReport(WorkDesk desk, AlgorithmCatalog catalog, MachineSurvey survey) {
    return new ActivityReport(desk, catalog, survey::availableMemoryBytes);
  }
}
