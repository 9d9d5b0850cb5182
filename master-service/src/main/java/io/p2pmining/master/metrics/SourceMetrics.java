package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.job.JobSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** How each source is doing. */
@Component
final class SourceMetrics implements MeterBinder {

  private final ObjectProvider<JobSource> sources;
  private final Clock clock;

  SourceMetrics(ObjectProvider<JobSource> sources, Clock clock) {
    this.sources = sources;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    sources.orderedStream().forEach(source -> bind(source, meters));
  }

  private void bind(JobSource source, MeterRegistry meters) {
    Gauge.builder("p2pmine.source.up", source, s -> s.status().up() ? 1 : 0)
        .description("1 if jobs can be had from the source")
        .tag("source", source.name())
        .register(meters);
    Gauge.builder("p2pmine.source.height", source, s -> s.status().height())
        .description("The height that the source works on")
        .tag("source", source.name())
        .register(meters);
    Gauge.builder("p2pmine.source.job.age", source, this::jobAgeSeconds)
        .description("Seconds since the source delivered its last job")
        .baseUnit("seconds")
        .tag("source", source.name())
        .register(meters);
  }

  private double jobAgeSeconds(JobSource source) {
    Instant lastJobAt = source.status().lastJobAt();
    return lastJobAt == null
        ? Double.NaN
        : Duration.between(lastJobAt, clock.instant()).toMillis() / 1000.0;
  }
}
