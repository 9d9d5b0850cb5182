package io.p2pmining.core.pow;

import java.util.Set;

/**
 * A proof-of-work algorithm. Immutable and safe for use by any thread.
 *
 * <p>Hashing goes through three lifetimes: an algorithm is there for ever, a {@link PreparedSeed}
 * for as long as jobs use its key, a {@link Hasher} for as long as one thread mines.
 */
public interface PowAlgorithm {

  /** The name under which jobs ask for the algorithm, for example {@code rx/0}. */
  String name();

  /** The longest key in bytes; 0 if the algorithm has no key. */
  int maxSeedLength();

  /** The modes in which this algorithm runs; an algorithm without a choice offers {@code LIGHT}. */
  Set<HashingMode> modes();

  /** The bytes that one prepared seed takes in {@code mode}, shared by all its hashers. */
  long preparedBytes(HashingMode mode);

  /**
   * The bytes that preparing this key would take of what is available now: less than {@link
   * #preparedBytes} where other processes share what they have of it. Looks at files; any thread
   * may ask.
   */
  default long bytesToPrepare(byte[] seed, HashingMode mode, EngineSettings engine) {
    return preparedBytes(mode);
  }

  /**
   * The bytes that each further copy of the largest table takes in {@code mode}, for NUMA nodes to
   * have their own; 0 if there is nothing worth copying.
   */
  default long copyBytes(HashingMode mode) {
    return 0;
  }

  /** The bytes that each hasher takes on its own, for RandomX its scratchpad. */
  long hasherBytes();

  /**
   * Gives the value that is compared with a target: the hash itself, or for algorithms with a
   * commitment (rx/2) the commitment over the input and its hash. Cheap; needs no prepared seed.
   *
   * @param hash the hash of the first {@code length} bytes of {@code input}
   * @param proof receives 32 bytes; may be the same array as {@code hash}
   */
  default void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    System.arraycopy(hash, 0, proof, 0, Hasher.HASH_LENGTH);
  }

  /**
   * Computes what depends on the key alone. Takes from nothing to minutes; the caller's thread and
   * {@code preparation.threads() - 1} more do the work.
   *
   * @param seed the key, at most {@link #maxSeedLength()} bytes
   * @throws IllegalArgumentException if the key is too long or the mode is not one of {@link
   *     #modes()}
   * @throws InterruptedException if the calling thread is interrupted; nothing stays allocated
   */
  PreparedSeed prepare(byte[] seed, HashingMode mode, Preparation preparation)
      throws InterruptedException;
}
