package io.p2pmining.master.trust;

import java.time.Duration;

/** Settings for tests. */
public final class Thresholds {

  /** The defaults, with a threshold for stale shares too. */
  public static final QuarantineSettings QUARANTINE =
      new QuarantineSettings(
          3,
          5,
          6,
          7,
          8,
          4,
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(60),
          Duration.ofDays(7));

  /** No peer is ever quarantined. */
  public static final QuarantineSettings NONE =
      new QuarantineSettings(
          0,
          0,
          0,
          0,
          0,
          0,
          Duration.ofMinutes(10),
          Duration.ofMinutes(10),
          Duration.ofMinutes(60),
          Duration.ofDays(7));

  private Thresholds() {}
}
