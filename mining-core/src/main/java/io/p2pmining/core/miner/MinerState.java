package io.p2pmining.core.miner;

/** What a {@link Miner} is doing. */
public enum MinerState {
  /** There is no task. */
  IDLE,
  /** Nothing is hashed until the seed of the next task is ready. */
  PREPARING,
  /** Hashing. */
  MINING,
  /** There are reasons not to hash, see {@link Miner#pauseReasons()}. */
  PAUSED,
  /** Closed for good. */
  STOPPED
}
