package io.p2pmining.master.source.monero;

import io.p2pmining.common.settings.Reloadable;
import io.p2pmining.master.job.ExtraNonceCounter;
import io.p2pmining.service.settings.ReloadableSettings;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Sets up the Monero source if {@code p2pmine.master.monero.urls} names a node. */
@Configuration(proxyBeanMethods = false)
@Conditional(OnNode.class)
@EnableConfigurationProperties(MoneroSettings.class)
class MoneroConfiguration {

  @Bean
  Reloadable<MoneroSettings> moneroSettings(MoneroSettings settings) {
    return ReloadableSettings.of(settings).onlyWith("urls");
  }

  @Bean
  MoneroSource moneroSource(
      Reloadable<MoneroSettings> settings, Clock clock, ExtraNonceCounter extraNonces) {
    return new MoneroSource(settings, clock, extraNonces);
  }
}
