package io.p2pmining.master.source.benchmark;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The benchmark runs unless it is switched off or a node is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(
    name = "p2pmine.master.benchmark",
    havingValue = "auto",
    matchIfMissing = true)
class BenchmarkConfiguration {

  @Bean
  @Conditional(OnNoNode.class)
  BenchmarkSource benchmarkSource(Clock clock) {
    return new BenchmarkSource(clock, new SecureRandom().nextLong());
  }
}
