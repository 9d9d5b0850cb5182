package io.p2pmining.worker.node;

/** Whether NUMA nodes get memory of their own. */
public enum NumaSetting {
  /** A dataset for each node on which threads hash, where memory allows it. */
  AUTO,
  /** One for all. */
  OFF
}
