package io.p2pmining.master;

import io.p2pmining.service.tracing.TracingConfiguration;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What every part of the master shares. */
@Configuration(proxyBeanMethods = false)
@Import(TracingConfiguration.class)
class MasterConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
