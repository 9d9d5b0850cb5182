package io.p2pmining.worker.machine;

/** How this worker came to hash an algorithm as it does. */
public enum TuningState {
  /** As the settings say, or the defaults for the machine. */
  DEFAULT,
  /** As it was found out some earlier time. */
  STORED,
  /** It is being found out beside the mining. */
  MEASURING,
  /** As it was found out since the worker started. */
  TUNED
}
