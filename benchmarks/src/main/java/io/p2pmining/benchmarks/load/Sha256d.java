package io.p2pmining.benchmarks.load;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash of the jobs that are posted: cheap for both sides. Used by one thread. */
final class Sha256d {

  private final MessageDigest digest;

  Sha256d() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The hash of a blob with a nonce in its place. */
  byte[] hash(byte[] blob, int nonceOffset, long nonce) {
    byte[] input = blob.clone();
    for (int i = 0; i < Integer.BYTES; i++) {
      input[nonceOffset + i] = (byte) (nonce >>> (Byte.SIZE * i));
    }
    return digest.digest(digest.digest(input));
  }
}
