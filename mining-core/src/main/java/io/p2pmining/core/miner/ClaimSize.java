package io.p2pmining.core.miner;

/**
 * How many nonces a thread claims at once: as many as it hashes in about {@link #TARGET_NANOS}, in
 * whole batches, so that slow hashes are claimed batch by batch and quick ones do not contend for
 * the cursor. Owned by one mining thread.
 */
final class ClaimSize {

  /** Long against a contended atomic operation, short against the wait for a last claim. */
  static final long TARGET_NANOS = 2_000_000;

  static final int MAX = 1 << 14;

  private final int lanes;
  private int size;

  /** For batches of so many hashes, of an unknown speed. */
  ClaimSize(int lanes) {
    this.lanes = lanes;
    this.size = lanes;
  }

  /**
   * The size of a claim whose first nonces complete a batch.
   *
   * @param lanesFilled how many lanes of the batch have their nonces already
   */
  int after(int lanesFilled) {
    return size - lanesFilled;
  }

  /** Learns that {@code count} hashes took this long; grows at most twofold at a time. */
  void learn(long count, long tookNanos) {
    if (count == 0) {
      return;
    }
    long ideal = count * TARGET_NANOS / Math.max(1, tookNanos);
    long bounded = Math.clamp(ideal, lanes, Math.max(lanes, Math.min(MAX, 2L * size)));
    size = Math.toIntExact(bounded - bounded % lanes);
  }
}
