package io.p2pmining.benchmarks.load;

import java.time.Duration;

/**
 * How much load there is to be.
 *
 * @param resultsPerSecond of all workers together
 * @param warmUpSeconds for how long before that they are not measured
 * @param seconds how long results are measured
 * @param jobs how many more jobs come afterwards, each in the place of the one before
 */
record LoadPlan(int workers, int resultsPerSecond, int warmUpSeconds, int seconds, int jobs) {

  LoadPlan {
    if (workers < 1 || resultsPerSecond < 1 || seconds < 1 || jobs < 1) {
      throw new LoadException("--workers, --results, --seconds and --jobs must be at least 1");
    }
    if (warmUpSeconds < 0) {
      throw new LoadException("--warm-up must be at least 0");
    }
  }

  Duration warmUp() {
    return Duration.ofSeconds(warmUpSeconds);
  }

  Duration duration() {
    return Duration.ofSeconds(seconds);
  }
}
