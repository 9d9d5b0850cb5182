package io.p2pmining.master.dispatch;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.work.WorkSettings;
import io.p2pmining.master.work.WorkerProfile;
import java.time.Duration;
import java.util.function.Supplier;

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

  /**
   * Which part of the time that is left for a finite job one unit takes at most: units shrink with
   * what is left, and whoever gets one is done with it before the others are with the rest.
   */
  private static final double TAIL_PART = 0.5;

  /**
   * No unit of the tail is shorter: it bounds how unevenly workers finish, and how many round trips
   * the end of a job costs.
   */
  private static final double SHORTEST_TAIL_SECONDS = 0.5;

  /** A first unit is shorter by this, as long as the rate is only a guess. */
  private static final double UNMEASURED_PART = 0.25;

  private final Supplier<WorkSettings> settings;

  UnitSizer(Supplier<WorkSettings> settings) {
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
    double wanted = hashesPerSecond * seconds(settings.get().unitDuration());
    long most = Math.max(1, range / MIN_UNITS_PER_JOB);
    long count = (long) Math.min((double) most, wanted);
    return Math.min(range, Math.max(count, Math.max(1, threads)));
  }

  /**
   * How many nonces of a finite job to give, so that all workers finish together.
   *
   * @param threads what the worker mines with: each gets at least one nonce
   * @param measured whether the rate is more than a guess
   * @param left how many nonces of the job nobody has
   * @param throughput what all workers together hash of this algorithm in a second
   */
  long tailNonces(
      double hashesPerSecond, int threads, boolean measured, long left, double throughput) {
    double most = seconds(settings.get().unitDuration()) * (measured ? 1 : UNMEASURED_PART);
    double tail = TAIL_PART * left / Math.max(throughput, hashesPerSecond);
    double unit = Math.min(most, Math.max(SHORTEST_TAIL_SECONDS, tail));
    return Math.clamp((long) (hashesPerSecond * unit), Math.min(left, Math.max(1, threads)), left);
  }

  /**
   * How many nonces of a range to search again: what takes as long as any unit.
   *
   * @param threads what the worker mines with: each gets at least one nonce
   */
  long redoNonces(double hashesPerSecond, int threads, long range) {
    long wanted = (long) Math.min(range, hashesPerSecond * seconds(settings.get().unitDuration()));
    return Math.clamp(wanted, Math.min(range, Math.max(1, threads)), range);
  }

  /** How long a lease over {@code nonces} lives from now. */
  Duration leaseTime(double hashesPerSecond, long nonces) {
    WorkSettings now = settings.get();
    double expected = seconds(hashesPerSecond, nonces);
    double limit = seconds(MAX_LEASE);
    double millis = 1000 * Math.min(limit, expected * now.leaseFactor());
    return now.leaseMinimum().plusMillis((long) millis);
  }

  private static final Duration MAX_LEASE = Duration.ofHours(24);

  /** How many seconds of work {@code nonces} are. */
  static double seconds(double hashesPerSecond, long nonces) {
    return nonces / Math.max(hashesPerSecond, Double.MIN_NORMAL);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
