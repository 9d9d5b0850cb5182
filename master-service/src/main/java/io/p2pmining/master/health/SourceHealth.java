package io.p2pmining.master.health;

import io.p2pmining.master.job.JobSource;
import io.p2pmining.master.job.SourceStatus;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/**
 * {@code source}: up as long as at least one source has work to give; a master without any lives on
 * the jobs that are posted to it.
 */
@Component("sourceHealthIndicator")
final class SourceHealth extends AbstractHealthIndicator {

  private final ObjectProvider<JobSource> sources;

  SourceHealth(ObjectProvider<JobSource> sources) {
    this.sources = sources;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    List<JobSource> all = sources.orderedStream().toList();
    boolean anyUp = all.isEmpty();
    for (JobSource source : all) {
      SourceStatus status = source.status();
      anyUp |= status.up();
      health.withDetail(source.name(), (status.up() ? "up: " : "down: ") + status.detail());
    }
    if (all.isEmpty()) {
      health.withDetail(
          "none",
          "Only jobs that are posted are worked on; for others set p2pmine.master.monero.urls, or"
              + " p2pmine.master.benchmark=auto");
    }
    health.status(anyUp ? "UP" : "DOWN");
  }
}
