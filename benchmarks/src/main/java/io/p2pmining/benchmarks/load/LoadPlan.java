package io.p2pmining.benchmarks.load;

import java.time.Duration;

/**
 * How much load there is to be.
 *
 * @param resultsPerSecond of all workers together
 * @param seconds how long results are measured
 */
record LoadPlan(int workers, int resultsPerSecond, int seconds) {

  LoadPlan {
    if (workers < 1 || resultsPerSecond < 1 || seconds < 1) {
      throw new LoadException("--workers, --results and --seconds must be at least 1");
    }
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }
}
