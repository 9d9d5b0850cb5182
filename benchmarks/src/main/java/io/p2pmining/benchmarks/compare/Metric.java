package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.contender.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be compared. */
enum Metric {
  /** The rate of hashing with a dataset. */
  FULL(Mode.FULL),
  /** The time to compute a dataset, on the threads of the terms. */
  DATASET(Mode.FULL),
  /** The rate of hashing with a cache alone. */
  LIGHT(Mode.LIGHT),
  /** The time to fill a cache, on one thread. */
  CACHE(Mode.LIGHT),
  /** The rate of hashing with dataset reads that hit the second-level cache. */
  MASKED(Mode.MASKED);

  private final Mode mode;

  Metric(Mode mode) {
    this.mode = mode;
  }

  /** The mode in which contenders are prepared for it. */
  Mode mode() {
    return mode;
  }

  /** Whether it is a rate of hashing, and not a time of preparing. */
  boolean isRate() {
    return switch (this) {
      case FULL, LIGHT, MASKED -> true;
      case DATASET, CACHE -> false;
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The metrics that contenders in a mode are measured by, in the order of measuring. */
  static List<Metric> of(Mode mode) {
    return Arrays.stream(values()).filter(metric -> metric.mode == mode).toList();
  }
}
