package io.p2pmining.service.tracing;

import io.micrometer.tracing.Tracer;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes spans with Spring Boot's tracer where there is one. */
@Configuration(proxyBeanMethods = false)
public class TracingConfiguration {

  @Bean
  Spans spans(ObjectProvider<Tracer> tracers) {
    Tracer tracer = tracers.getIfAvailable();
    return tracer == null
        ? new UnrecordedSpans(() -> ThreadLocalRandom.current().nextLong())
        : new RecordedSpans(tracer);
  }
}
