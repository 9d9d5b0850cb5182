package io.p2pmining.core.tuning;

import io.p2pmining.core.miner.Miner;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Finds out beside the mining how a miner hashes an algorithm fastest. Nothing stops for it:
 * threads change from one shape to the next between batches, and every nonce counts. Immutable;
 * runs once at a time for an algorithm and mode, on the thread that calls it.
 *
 * @param miner hashes meanwhile, or else tuning waits until it does
 * @param onBattery whether the machine runs on its battery now; false if that is not known
 * @param rule when one shape counts as faster
 */
public record Tuner(Miner miner, BooleanSupplier onBattery, TuningRule rule) {

  /**
   * Tunes. When this returns, or throws, the miner hashes in the best shape that was found.
   *
   * @param start what to begin with
   * @param progress told each trial when its verdict is known, on this thread
   * @throws InterruptedException if the thread is interrupted, also while it waits
   */
  public TuningResult tune(
      PowAlgorithm algorithm,
      HashingMode mode,
      MiningShape start,
      TuningChoices choices,
      Consumer<Trial> progress)
      throws InterruptedException {
    LiveMeter meter = new LiveMeter(miner, algorithm, mode, onBattery, TuningTime.system());
    ShapeSearch search = new ShapeSearch(meter, rule, choices, start, progress);
    try {
      meter.awaitCalm(start);
      return search.run();
    } finally {
      miner.setShape(algorithm, mode, search.best());
    }
  }
}
