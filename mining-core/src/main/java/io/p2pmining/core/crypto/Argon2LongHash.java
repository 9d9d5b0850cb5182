package io.p2pmining.core.crypto;

/**
 * The hash of Argon2 with a digest of any length, H′ (RFC 9106, section 3.3): a chain of 64-byte
 * Blake2b digests of which each gives its first half.
 */
final class Argon2LongHash {

  private static final int FULL = Blake2b.MAX_DIGEST_LENGTH;
  private static final int HALF = FULL / 2;

  private Argon2LongHash() {}

  /** The digest of {@code input}, {@code digestLength} bytes in a new array. */
  static byte[] digestOf(int digestLength, byte[] input) {
    byte[] digest = new byte[digestLength];
    Blake2b first = new Blake2b(Math.min(digestLength, FULL));
    first.updateInt(digestLength);
    first.update(input);
    first.digest(digest, 0);

    Blake2b next = new Blake2b(FULL);
    int offset = 0;
    while (digestLength - offset > 2 * FULL - HALF) {
      next.hash(digest, offset, FULL, digest, offset + HALF);
      offset += HALF;
    }
    if (digestLength > FULL) {
      int rest = digestLength - offset - HALF;
      new Blake2b(rest).hash(digest, offset, FULL, digest, offset + HALF);
    }
    return digest;
  }
}
