package io.p2pmining.core.tuning;

/** What came of a measurement. */
sealed interface Reading {

  /**
   * A rate.
   *
   * @param hashesPerSecond of all threads together
   * @param hashes how many were counted
   */
  record Rate(double hashesPerSecond, long hashes) implements Reading {}

  /** Something else slowed hashing down meanwhile: it says nothing. */
  record Disturbed() implements Reading {}

  /** The shape cannot be had on this machine. */
  record Refused() implements Reading {}
}
