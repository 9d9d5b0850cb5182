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

  /** Starts the first batch, of what was loaded. */
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

  /** Frees what the lanes hold; a batch under way is given up. */
  @Override
  void close();
}
