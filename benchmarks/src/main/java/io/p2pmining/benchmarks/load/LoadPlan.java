package io.p2pmining.benchmarks.load;

import java.time.Duration;

/**
 * How much load there is to be.
 *
 * @param resultsPerSecond of all workers together
 * @param seconds how long results are measured
 * @param jobs how many more jobs come afterwards, each in the place of the one before
 */
record LoadPlan(int workers, int resultsPerSecond, int seconds, int jobs) {

  LoadPlan {
    if (workers < 1 || resultsPerSecond < 1 || seconds < 1 || jobs < 1) {
      throw new LoadException("--workers, --results, --seconds and --jobs must be at least 1");
    }
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }
}
