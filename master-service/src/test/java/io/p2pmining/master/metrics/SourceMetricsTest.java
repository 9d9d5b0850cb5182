package io.p2pmining.master.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.common.work.NonceRange;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.simulation.DrivenClock;
import io.p2pmining.master.source.benchmark.BenchmarkSource;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class SourceMetricsTest {

  private final DrivenClock clock = new DrivenClock();
  private final BenchmarkSource source = new BenchmarkSource(clock, 1);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final SourceMetrics metrics =
      new SourceMetrics(
          new StaticListableBeanFactory(Map.of("source", source)).getBeanProvider(JobSource.class),
          clock);

  @Test
  void aTipGrowsOldUntilTheHeightChanges() {
    metrics.bindTo(meters);
    metrics.jobArrived(job(100));
    clock.advance(Duration.ofSeconds(90));
    metrics.jobArrived(job(100));
    assertThat(tipAge()).as("new transactions are no new tip").isEqualTo(90);

    metrics.jobArrived(job(101));
    clock.advance(Duration.ofSeconds(2));

    assertThat(tipAge()).isEqualTo(2);
  }

  @Test
  void aSourceThatFollowsNoChainHasNoTip() {
    metrics.bindTo(meters);
    metrics.jobArrived(job(0));

    assertThat(tipAge()).isNaN();
    assertThat(meters.get("p2pmine.source.up").gauge().value()).isZero();
  }

  private double tipAge() {
    return meters.get("p2pmine.source.tip.age").tag("source", source.name()).gauge().value();
  }

  private Job job(long height) {
    return new Job(
        "job-" + height,
        source.name(),
        "sha256d",
        Bytes.copyOf(new byte[5]),
        1,
        new NonceRange(0, 100),
        Bytes.EMPTY,
        Bytes.EMPTY,
        Target.forDifficulty(1000),
        height,
        Bytes.EMPTY,
        clock.instant());
  }
}
