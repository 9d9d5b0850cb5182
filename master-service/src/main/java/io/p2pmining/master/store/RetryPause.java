package io.p2pmining.master.store;

import java.time.Duration;

/** How long to wait before what failed is tried again: longer each time. Used by one thread. */
final class RetryPause {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LAST = Duration.ofSeconds(2);

  private Duration next = FIRST;

  Duration next() {
    Duration pause = next;
    Duration twice = pause.multipliedBy(2);
    next = twice.compareTo(LAST) < 0 ? twice : LAST;
    return pause;
  }

  /** It did not fail. */
  void reset() {
    next = FIRST;
  }
}
