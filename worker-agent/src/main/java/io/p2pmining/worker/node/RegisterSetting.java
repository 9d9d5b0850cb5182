package io.p2pmining.worker.node;

/** Whether prefetchers that RandomX has no use for are turned off for the whole machine. */
public enum RegisterSetting {
  /** They stay as they are. */
  OFF,
  /** Off while the worker runs, where that is possible. */
  AUTO
}
