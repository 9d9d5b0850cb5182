package io.p2pmining.core.miner;

/** What a {@link Miner} is doing. */
public enum MinerState {
  /** There is no task. */
  IDLE,
  /** Nothing is hashed until the seed of the next task is ready. */
  PREPARING,
  /** Hashing. */
  MINING,
  /** Told to pause. */
  PAUSED,
  /** Closed for good. */
  STOPPED
}
