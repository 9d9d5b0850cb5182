package io.p2pmining.core.tuning;

import io.p2pmining.core.miner.MiningShape;
import java.time.Duration;
import java.util.List;

/**
 * What tuning has found.
 *
 * @param shape the best
 * @param hashesPerSecond its rate when it was last measured; 0 if it never was
 * @param trials what was tried, in that order
 * @param complete whether everything was tried; not if time ran out
 * @param took the time spent on measuring
 */
public record TuningResult(
    MiningShape shape,
    double hashesPerSecond,
    List<Trial> trials,
    boolean complete,
    Duration took) {

  public TuningResult {
    trials = List.copyOf(trials);
  }
}
