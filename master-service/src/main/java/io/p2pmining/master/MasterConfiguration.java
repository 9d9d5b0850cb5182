package io.p2pmining.master;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every part of the master shares. */
@Configuration(proxyBeanMethods = false)
class MasterConfiguration {

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
