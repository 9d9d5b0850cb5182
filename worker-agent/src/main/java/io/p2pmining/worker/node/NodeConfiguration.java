package io.p2pmining.worker.node;

import io.p2pmining.common.node.DataDirectoryException;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.node.NodeIdFile;
import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.service.settings.ReloadableSettings;
import io.p2pmining.service.startup.LoggedNodeId;
import io.p2pmining.service.startup.StartupException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the data directory before anything else needs it. */
@Configuration(proxyBeanMethods = false)
class NodeConfiguration {

  private static final String UNRELEASED = "dev";

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  Reloadable<WorkerSettings> workerSettings(WorkerSettings settings) {
    return ReloadableSettings.of(settings);
  }

  @Bean
  DataDirectory dataDirectory(DataDirectorySettings settings) {
    return DataDirectory.open(settings.dataDir());
  }

  @Bean
  NodeIdentity nodeIdentity(DataDirectory directory, WorkerSettings settings, InstantSource clock) {
    String version = NodeConfiguration.class.getPackage().getImplementationVersion();
    String name = settings.name();
    NodeId id = nodeId(directory);
    LoggedNodeId.set(id);
    return new NodeIdentity(
        id,
        name == null || name.isBlank() ? HostName.ofThisMachine() : name,
        version == null ? UNRELEASED : version,
        startOf(clock));
  }

  private static NodeId nodeId(DataDirectory directory) {
    try {
      return NodeIdFile.loadOrCreate(directory.path(), new SecureRandom());
    } catch (DataDirectoryException e) {
      throw new StartupException(
          String.valueOf(e.getMessage()), "or choose another directory with p2pmine.data-dir", e);
    }
  }

  private static Instant startOf(InstantSource clock) {
    return ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
  }
}
