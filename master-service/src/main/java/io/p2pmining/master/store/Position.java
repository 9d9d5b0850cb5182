package io.p2pmining.master.store;

/**
 * How far a database is.
 *
 * @param group the number of the last group that was committed
 * @param peerTotals the number of the last group that the totals of peers contain, at most {@code
 *     group}
 */
record Position(long group, long peerTotals) {

  /** Whether a group has been written. */
  boolean has(Group written) {
    return group >= written.number()
        && (written.lacksPeerTotals() || peerTotals >= written.number());
  }
}
