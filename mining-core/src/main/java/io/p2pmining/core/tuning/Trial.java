package io.p2pmining.core.tuning;

import io.p2pmining.core.miner.MiningShape;

/**
 * One shape that was tried.
 *
 * @param aspect what it was tried for
 * @param shape the shape
 * @param rounds how often it was measured
 * @param hashesPerSecond the median of its rates; 0 if it was never measured
 * @param spread from the lowest to the highest rate, as a part of the median
 * @param verdict what came of it
 */
public record Trial(
    Aspect aspect,
    MiningShape shape,
    int rounds,
    double hashesPerSecond,
    double spread,
    Verdict verdict) {

  /** What came of a trial. */
  public enum Verdict {
    /** It was the best before, and still is. */
    KEPT,
    /** It is better than the best before. */
    CHOSEN,
    /** It was the best before. */
    BEATEN,
    /** It is no better, or not clearly so. */
    NOT_BETTER,
    /** It is so slow that it was not measured to the end. */
    TOO_SLOW,
    /** It cannot be had on this machine. */
    REFUSED,
    /** Time ran out. */
    UNFINISHED
  }
}
