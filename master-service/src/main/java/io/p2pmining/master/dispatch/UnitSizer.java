package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Duration;

/**
 * How large a unit is for a worker, and how long it may take. Pure.
 *
 * <p>A worker that has not been measured is given what its compute power lets expect: the prior
 * errs on the slow side, because a unit that is too small costs a round trip, one that is too large
 * holds nonces for minutes.
 */
final class UnitSizer {

  /** Light mode through the interpreter: a slow core's rate, per unit of compute power. */
  private static final double RANDOMX_LIGHT_PRIOR = 4;

  private static final double RANDOMX_FULL_PRIOR = 40;
  private static final double OTHER_PRIOR = 50_000;

  /** No worker, whatever rate it claims, takes all of a job at once. */
  private static final int MIN_UNITS_PER_JOB = 16;

  private static final String RANDOMX_PREFIX = "rx/";

  private final WorkSettings settings;

  UnitSizer(WorkSettings settings) {
    this.settings = settings;
  }

  /** The expected rate of a worker that has not been measured. */
  static double priorRate(WorkerProfile profile, WorkerProfile.Ability ability) {
    if (ability.measuredHashesPerSecond() > 0) {
      return ability.measuredHashesPerSecond();
    }
    boolean randomX = ability.algorithm().startsWith(RANDOMX_PREFIX);
    double perUnit =
        randomX
            ? ability.mode() == HashingMode.FULL ? RANDOMX_FULL_PRIOR : RANDOMX_LIGHT_PRIOR
            : OTHER_PRIOR;
    return Math.max(perUnit, perUnit * profile.computePower());
  }

  /**
   * How many nonces to give.
   *
   * @param threads what the worker mines with: each gets at least one nonce
   * @param range how many nonces the job has
   */
  long nonces(double hashesPerSecond, int threads, long range) {
    double wanted = hashesPerSecond * seconds(settings.unitDuration());
    long most = Math.max(1, range / MIN_UNITS_PER_JOB);
    long count = (long) Math.min((double) most, wanted);
    return Math.min(range, Math.max(count, Math.max(1, threads)));
  }

  /** How long a lease over {@code nonces} lives from now. */
  Duration leaseTime(double hashesPerSecond, long nonces) {
    double expected = nonces / Math.max(hashesPerSecond, Double.MIN_NORMAL);
    double limit = seconds(MAX_LEASE);
    double millis = 1000 * Math.min(limit, expected * settings.leaseFactor());
    return settings.leaseMinimum().plusMillis((long) millis);
  }

  private static final Duration MAX_LEASE = Duration.ofHours(24);

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
