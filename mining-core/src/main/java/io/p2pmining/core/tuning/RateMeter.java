package io.p2pmining.core.tuning;

import io.p2pmining.core.miner.MiningShape;
import java.time.Duration;

/** Measures how fast a machine hashes in a shape. Used by one thread. */
interface RateMeter {

  /**
   * Has threads hash in a shape and counts. They go on in that shape.
   *
   * @param window for how long to count
   */
  Reading measure(MiningShape shape, Duration window) throws InterruptedException;

  /** Waits, in a shape that is known to be good, until measuring makes sense again. */
  void awaitCalm(MiningShape shape) throws InterruptedException;

  /** The time in nanoseconds since any moment that measuring has taken; waiting is not counted. */
  long spentNanos();
}
