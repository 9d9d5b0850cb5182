package io.p2pmining.master.peer;

import java.time.Duration;

/** How finely the hash rate is remembered, and for how long. */
public enum Resolution {
  FIVE_SECONDS(Duration.ofSeconds(5), Duration.ofMinutes(15)),
  TWO_MINUTES(Duration.ofMinutes(2), Duration.ofHours(24)),
  ONE_HOUR(Duration.ofHours(1), Duration.ofDays(30));

  private final Duration step;
  private final Duration reach;

  Resolution(Duration step, Duration reach) {
    this.step = step;
    this.reach = reach;
  }

  /** The time that one sample is the mean of. */
  public Duration step() {
    return step;
  }

  /** How far back samples are kept. */
  public Duration reach() {
    return reach;
  }

  /** How many samples that makes. */
  int capacity() {
    return Math.toIntExact(reach.dividedBy(step));
  }
}
