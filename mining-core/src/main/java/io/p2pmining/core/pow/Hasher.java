package io.p2pmining.core.pow;

/**
 * Computes hashes under one prepared seed. Not safe for use by several threads at once; owned by
 * the mining thread that made it. Does not allocate while hashing.
 */
public interface Hasher extends AutoCloseable {

  /** The length of every hash in bytes. */
  int HASH_LENGTH = 32;

  /**
   * Hashes the first {@code length} bytes of {@code input}.
   *
   * @param hash receives {@link #HASH_LENGTH} bytes in memory order
   */
  void hash(byte[] input, int length, byte[] hash);

  /**
   * Gives the value that is compared with a target: the hash itself, or for algorithms with a
   * commitment (rx/2) the commitment over the input and its hash.
   *
   * @param hash the result of {@link #hash} for the same input
   * @param proof receives {@link #HASH_LENGTH} bytes; may be the same array as {@code hash}
   */
  default void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    System.arraycopy(hash, 0, proof, 0, HASH_LENGTH);
  }

  @Override
  void close();
}
