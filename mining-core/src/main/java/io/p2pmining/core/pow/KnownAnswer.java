package io.p2pmining.core.pow;

/** An input and its hash under some prepared seed. Immutable. */
public final class KnownAnswer {

  private final byte[] input;
  private final byte[] hash;

  /**
   * The answer to an input.
   *
   * @param hash {@link Hasher#HASH_LENGTH} bytes
   * @throws IllegalArgumentException if the hash has another length
   */
  public KnownAnswer(byte[] input, byte[] hash) {
    if (hash.length != Hasher.HASH_LENGTH) {
      throw new IllegalArgumentException("hash length=" + hash.length);
    }
    this.input = input.clone();
    this.hash = hash.clone();
  }

  /** A copy of the input. */
  public byte[] input() {
    return input.clone();
  }

  /** A copy of the hash. */
  public byte[] hash() {
    return hash.clone();
  }
}
