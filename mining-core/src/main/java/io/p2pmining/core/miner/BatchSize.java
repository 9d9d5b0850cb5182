package io.p2pmining.core.miner;

/**
 * How many nonces a thread takes at once: as many as it hashes in about {@link #TARGET_NANOS}, so
 * that slow hashes are claimed one by one and quick ones do not contend for the cursor. Owned by
 * one mining thread.
 */
final class BatchSize {

  /** Long against a contended atomic operation, short against the wait for a last batch. */
  static final long TARGET_NANOS = 2_000_000;

  static final int MAX = 1 << 14;

  private int size = 1;

  int get() {
    return size;
  }

  /** Learns that {@code count} hashes took this long; grows at most twofold at a time. */
  void learn(long count, long tookNanos) {
    long ideal = count * TARGET_NANOS / Math.max(1, tookNanos);
    size = (int) Math.clamp(ideal, 1, Math.min(MAX, 2L * size));
  }

  /** Begins anew, for hashes of an unknown speed. */
  void reset() {
    size = 1;
  }
}
