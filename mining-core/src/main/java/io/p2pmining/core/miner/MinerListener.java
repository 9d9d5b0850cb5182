package io.p2pmining.core.miner;

import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;

/**
 * Hears from a {@link Miner}. Every method is called on a mining or preparing thread, without a
 * lock held, and must return at once: the thread hashes nothing meanwhile. It may call the miner.
 * If {@link #shareFound} throws, the range ends as failed; what the others throw is logged.
 */
public interface MinerListener {

  /**
   * A nonce meets the task's share target. Told exactly once for each share of the nonces that were
   * hashed, before the range is reported completed; also when the task has been cancelled
   * meanwhile.
   *
   * @param nonce 0 to 2³² − 1
   * @param hash the algorithm's hash, 32 bytes; the listener's to keep
   */
  void shareFound(MiningTask task, long nonce, byte[] hash);

  /**
   * Every nonce of the task has been hashed.
   *
   * @param searched the task's nonce count
   * @param elapsed since the first nonce was taken
   */
  void rangeCompleted(MiningTask task, long searched, Duration elapsed);

  /**
   * The task ended early because of trouble on this machine.
   *
   * @param searched that many of its first nonces have been hashed
   * @param reason one sentence for an operator
   */
  void rangeFailed(MiningTask task, long searched, String reason);

  /**
   * A seed is being prepared.
   *
   * @param fraction the finished part, 0 to 1
   */
  default void seedPreparing(SeedKey seed, double fraction) {}

  /**
   * A seed is still being prepared, and another in a lesser mode stands in for it from now on, for
   * example hashing in light mode while the dataset is built.
   */
  default void seedInterim(SeedKey seed, PreparedSeed interim) {}

  /** A seed is ready for use. */
  default void seedPrepared(SeedKey seed, PreparedSeed prepared, Duration took) {}

  /** A seed could not be prepared; the tasks that need it are reported failed after this. */
  default void seedFailed(SeedKey seed, String reason) {}

  /**
   * A mining thread computes wrong hashes under a seed and does not mine under it; nor under any
   * other if the fault is the thread's and not the seed's, because other threads compute right
   * ones. If no thread does, the tasks are reported failed after this.
   *
   * @param thread the thread's index, from 0
   * @param reason one sentence for an operator that names the thread and its processor
   */
  default void threadFaulty(int thread, String reason) {}
}
