package io.p2pmining.master.peer;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Wires the registry and the record of the cluster's hash rate. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(PeerSettings.class)
class PeerConfiguration {

  @Bean
  PeerRegistry peerRegistry(PeerSettings settings, Clock clock, PeerLog log) {
    return new PeerRegistry(clock, settings.remembered(), log);
  }

  @Bean
  HashRateHistory hashRateHistory(Clock clock, StoredSamples stored) {
    return new HashRateHistory(clock, stored);
  }

  @Bean
  HashRateSampler hashRateSampler(PeerRegistry registry, HashRateHistory history) {
    return new HashRateSampler(registry, history);
  }
}
