package io.p2pmining.master.peer;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;

/** Takes the samples of {@link HashRateHistory}, on the application's scheduler. */
final class HashRateSampler {

  private final PeerRegistry registry;
  private final HashRateHistory history;

  HashRateSampler(PeerRegistry registry, HashRateHistory history) {
    this.registry = registry;
    this.history = history;
  }

  @Scheduled(fixedRate = HashRateHistory.INTERVAL_SECONDS, timeUnit = TimeUnit.SECONDS)
  void sample() {
    history.sample(registry.hashesPerSecond());
  }
}
