package io.p2pmining.master.node;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.node.NodeIdFile;
import io.p2pmining.service.startup.LoggedNodeId;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Objects;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the data directory before anything else needs it, and finds out who this master is. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DataDirectorySettings.class, MasterSettings.class})
class NodeConfiguration {

  /** A worker may share the data directory, but not the identity. */
  private static final String OWN_DIRECTORY = "master";

  @Bean
  DataDirectory dataDirectory(DataDirectorySettings settings) {
    return DataDirectory.open(settings.dataDir());
  }

  @Bean
  MasterIdentity masterIdentity(DataDirectory directory, MasterSettings settings) {
    NodeId id = NodeIdFile.loadOrCreate(directory.file(OWN_DIRECTORY), new SecureRandom());
    LoggedNodeId.set(id);
    return new MasterIdentity(
        id,
        settings.name(),
        Objects.requireNonNullElse(
            NodeConfiguration.class.getPackage().getImplementationVersion(), "development"),
        Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
  }
}
