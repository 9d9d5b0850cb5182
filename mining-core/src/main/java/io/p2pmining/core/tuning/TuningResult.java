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

  /** By which part of the rate all choices together have made hashing faster; 0 if by none. */
  public double gain() {
    double factor = 1;
    for (Aspect aspect : Aspect.values()) {
      factor *= rate(aspect, Trial.Verdict.CHOSEN) / rate(aspect, Trial.Verdict.BEATEN);
    }
    return factor - 1;
  }

  /** The rate of the trial with a verdict; 1 if there is none, as there is no other then. */
  private double rate(Aspect aspect, Trial.Verdict verdict) {
    return trials.stream()
        .filter(trial -> trial.aspect() == aspect && trial.verdict() == verdict)
        .mapToDouble(Trial::hashesPerSecond)
        .findFirst()
        .orElse(1);
  }
}
