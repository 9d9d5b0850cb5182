package io.p2pmining.master.session;

import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.work.PeerEvents;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.service.settings.ReloadableSettings;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the server for workers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServerSettings.class)
class SessionConfiguration {

  @Bean
  Reloadable<ServerSettings> serverSettings(ServerSettings settings) {
    return ReloadableSettings.of(settings);
  }

  @Bean
  PeerServerLifecycle peerServer(
      Reloadable<ServerSettings> settings,
      MasterIdentity self,
      PeerRegistry registry,
      PeerEvents events,
      WorkSettings work,
      Clock clock) {
    Sessions sessions = new Sessions(settings, self, registry, events, work.maxDepth(), clock);
    return new PeerServerLifecycle(settings, sessions, clock);
  }
}
