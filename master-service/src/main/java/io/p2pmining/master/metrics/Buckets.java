package io.p2pmining.master.metrics;

import java.time.Duration;
import java.util.Arrays;

/** The bounds of histograms: few, because every one is a series. */
final class Buckets {

  private Buckets() {}

  static Duration[] milliseconds(long... bounds) {
    return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  static Duration[] seconds(long... bounds) {
    return Arrays.stream(bounds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
  }
}
