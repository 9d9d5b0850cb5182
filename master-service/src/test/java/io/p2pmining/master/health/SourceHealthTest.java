package io.p2pmining.master.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.master.job.Job;
import io.p2pmining.master.job.JobListener;
import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.source.benchmark.BenchmarkSource;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class SourceHealthTest {

  @Test
  void isUpWithoutSourcesBecauseJobsCanBePosted() {
    Health health = healthOf(Map.of());

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().get("none")).asString().contains("p2pmine.master.monero.urls");
  }

  @Test
  void isDownWhileTheOnlySourceHasNoJob() {
    BenchmarkSource source = new BenchmarkSource(Clock.systemUTC(), 1);

    assertThat(healthOf(Map.of("source", source)).getStatus()).isEqualTo(Status.DOWN);

    source.start(new Nobody());
    assertThat(healthOf(Map.of("source", source)).getStatus()).isEqualTo(Status.UP);
  }

  private static Health healthOf(Map<String, Object> sources) {
    return new SourceHealth(new StaticListableBeanFactory(sources).getBeanProvider(JobSource.class))
        .health();
  }

  private static final class Nobody implements JobListener {

    @Override
    public void jobArrived(Job job, Replacement replacement) {}

    @Override
    public void jobsWithdrawn(String source, String reason) {}
  }
}
