package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.dispatch.WorkEvents;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** How each source is doing. Jobs are told by the dispatcher's thread. */
@Component
final class SourceMetrics implements MeterBinder, WorkEvents {

  private final ObjectProvider<JobSource> sources;
  private final Clock clock;

  /** The chain's tip by source; no more than there are sources, and one for posted jobs. */
  private final Map<String, Tip> tips = new ConcurrentHashMap<>();

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
        .description("The height that the source works on; 0 if it follows no chain")
        .tag("source", source.name())
        .register(meters);
    Gauge.builder("p2pmine.source.job.age", source, s -> ageSeconds(s.status().lastJobAt()))
        .description("Time since the source delivered its last job; NaN before the first")
        .baseUnit("seconds")
        .tag("source", source.name())
        .register(meters);
    Gauge.builder("p2pmine.source.tip.age", source, this::tipAgeSeconds)
        .description(
            "Time since the source's height changed, or this master saw the first job; NaN if it"
                + " follows no chain")
        .baseUnit("seconds")
        .tag("source", source.name())
        .register(meters);
  }

  @Override
  public void jobArrived(Job job) {
    if (job.height() > 0) {
      Tip known = tips.get(job.source());
      if (known == null || known.height != job.height()) {
        tips.put(job.source(), new Tip(job.height(), clock.instant()));
      }
    }
  }

  private double tipAgeSeconds(JobSource source) {
    Tip tip = tips.get(source.name());
    return ageSeconds(tip == null ? null : tip.since);
  }

  private double ageSeconds(@Nullable Instant at) {
    return at == null ? Double.NaN : Duration.between(at, clock.instant()).toMillis() / 1000.0;
  }

  private record Tip(long height, Instant since) {}
}
