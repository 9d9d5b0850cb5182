package io.p2pmining.core.tuning;

import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Measures what a miner hashes while it mines. A measurement counts only if nothing disturbed it
 * from its beginning to its end: no pause, no throttle, no lack of nonces, no seed being prepared,
 * no other algorithm, and not on battery, where processors run at another speed.
 */
final class LiveMeter implements RateMeter {

  /** Threads change over within the batches at hand and a claim of some milliseconds. */
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);

  private static final Duration SETTLE_STEP = Duration.ofMillis(5);

  /** Until the scratchpads are in the caches and claims have grown to their size. */
  private static final Duration WARM_UP = Duration.ofMillis(50);

  /** How often to look whether measuring makes sense again. */
  private static final Duration CALM_STEP = Duration.ofMillis(500);

  private final Miner miner;
  private final PowAlgorithm algorithm;
  private final HashingMode mode;
  private final BooleanSupplier onBattery;
  private final TuningTime time;
  private long spentNanos;

  LiveMeter(
      Miner miner,
      PowAlgorithm algorithm,
      HashingMode mode,
      BooleanSupplier onBattery,
      TuningTime time) {
    this.miner = miner;
    this.algorithm = algorithm;
    this.mode = mode;
    this.onBattery = onBattery;
    this.time = time;
  }

  @Override
  public Reading measure(MiningShape shape, Duration window) throws InterruptedException {
    long begin = time.nanoTime();
    try {
      OptionalLong state = miner.undisturbed(algorithm, mode);
      miner.setShape(algorithm, mode, shape);
      if (state.isEmpty() || !settle(shape)) {
        return hashes(shape) ? new Reading.Disturbed() : new Reading.Refused();
      }
      time.sleep(WARM_UP);
      return count(shape, window, state.getAsLong());
    } finally {
      spentNanos += time.nanoTime() - begin;
    }
  }

  private Reading count(MiningShape shape, Duration window, long state)
      throws InterruptedException {
    long hashesBefore = miner.totalHashes();
    long begin = time.nanoTime();
    time.sleep(window);
    long hashes = miner.totalHashes() - hashesBefore;
    long nanos = time.nanoTime() - begin;
    if (!hashes(shape)) {
      return new Reading.Refused();
    }
    OptionalLong stateAfter = miner.undisturbed(algorithm, mode);
    boolean calm = stateAfter.isPresent() && stateAfter.getAsLong() == state;
    return calm && !onBattery.getAsBoolean()
        ? new Reading.Rate(hashes * 1e9 / Math.max(1, nanos), hashes)
        : new Reading.Disturbed();
  }

  /** Whether the miner has not given the shape up. */
  private boolean hashes(MiningShape shape) {
    return miner.shape(algorithm, mode).equals(shape);
  }

  private boolean settle(MiningShape shape) throws InterruptedException {
    long begin = time.nanoTime();
    while (!miner.hasSettled(algorithm, mode)) {
      if (!hashes(shape) || time.nanoTime() - begin > SETTLE_LIMIT.toNanos()) {
        return false;
      }
      time.sleep(SETTLE_STEP);
    }
    return hashes(shape);
  }

  @Override
  public void awaitCalm(MiningShape shape) throws InterruptedException {
    miner.setShape(algorithm, mode, shape);
    while (miner.undisturbed(algorithm, mode).isEmpty() || onBattery.getAsBoolean()) {
      time.sleep(CALM_STEP);
    }
  }

  @Override
  public long spentNanos() {
    return spentNanos;
  }
}
