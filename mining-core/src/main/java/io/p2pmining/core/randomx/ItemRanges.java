package io.p2pmining.core.randomx;

import java.lang.foreign.MemorySegment;

/** Computes ranges of dataset items for one thread. */
interface ItemRanges {

  /**
   * Computes items.
   *
   * @param firstItem the number of the first
   * @param target receives as many as fit
   */
  void compute(int firstItem, MemorySegment target);
}
