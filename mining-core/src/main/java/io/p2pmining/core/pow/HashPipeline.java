package io.p2pmining.core.pow;

/**
 * Hashes without end: several inputs side by side, one a lane, and the end of one batch overlapped
 * with the beginning of the next where the engine can. Not safe for use by several threads at once;
 * owned by the mining thread that made it. Does not allocate while hashing.
 *
 * <pre>
 *   load every lane · begin · (load every lane · next)* · finish
 * </pre>
 */
public interface HashPipeline extends AutoCloseable {

  /** How many hashes are computed side by side. */
  int lanes();

  /**
   * Takes in what a lane hashes in the next batch. The input may change after this returns.
   *
   * @param lane 0 to {@link #lanes()} − 1
   */
  void load(int lane, byte[] input, int length);

  /**
   * Whether a batch begins before the one before it is complete, so that {@link #next} takes less
   * time than {@link #finish} and {@link #begin}. Where it does not, nothing is gained by having
   * inputs ready a batch ahead.
   */
  default boolean overlaps() {
    return true;
  }

  /**
   * Starts a batch, of what was loaded. A batch under way is given up: nobody wants its hashes any
   * more, and it has hardly begun.
   */
  void begin();

  /**
   * Completes the batch under way and starts the next, of what was loaded meanwhile.
   *
   * @param hashes receives a hash of {@link Hasher#HASH_LENGTH} bytes for each lane of the batch
   *     that was completed
   */
  void next(byte[][] hashes);

  /**
   * Completes the batch under way and starts none; {@link #begin} may follow later.
   *
   * @param hashes receives a hash of {@link Hasher#HASH_LENGTH} bytes for each lane
   */
  void finish(byte[][] hashes);

  /**
   * Gives the value that is compared with a target, as {@link Hasher#proof} does.
   *
   * @param hash the result for the first {@code length} bytes of {@code input}
   * @param proof receives {@link Hasher#HASH_LENGTH} bytes; may be the same array as {@code hash}
   */
  void proof(byte[] input, int length, byte[] hash, byte[] proof);

  /** Frees what the lanes hold; a batch under way is given up. */
  @Override
  void close();
}
