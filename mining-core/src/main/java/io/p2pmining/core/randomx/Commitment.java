package io.p2pmining.core.randomx;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.pow.Hasher;

/** What is compared with a target (specification, section 2.2; doc/design_v2.md). */
final class Commitment {

  private Commitment() {}

  /**
   * Writes the proof value: the hash in version 1, Blake2b-256 of input and hash in version 2.
   *
   * @param digest a 32-byte Blake2b that may be used up
   */
  static void proof(
      RandomXVersion version, Blake2b digest, byte[] input, int length, byte[] hash, byte[] proof) {
    switch (version) {
      case V1 -> System.arraycopy(hash, 0, proof, 0, Hasher.HASH_LENGTH);
      case V2 -> {
        digest.reset();
        digest.update(input, 0, length);
        digest.update(hash, 0, Hasher.HASH_LENGTH);
        digest.digest(proof, 0);
      }
    }
  }
}
