package io.p2pmining.benchmarks.load;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** A job in which every nonce is a share, and none is what is looked for. */
final class LoadJob {

  static final String ALGORITHM = "sha256d";

  private static final int BLOB_BYTES = 80;
  private static final int NONCE_OFFSET = 76;
  private static final int DIFFERENT_BYTES = 16;
  private static final long NONCES = 1L << 32;
  private static final long DIFFICULTY = Long.MAX_VALUE;

  private LoadJob() {}

  /** The fields of a request for one, unlike every other. */
  static Map<String, Object> fields(SecureRandom random) {
    byte[] blob = new byte[BLOB_BYTES];
    byte[] different = new byte[DIFFERENT_BYTES];
    random.nextBytes(different);
    System.arraycopy(different, 0, blob, 0, DIFFERENT_BYTES);
    return Map.of(
        "algorithm",
        ALGORITHM,
        "blob",
        HexFormat.of().formatHex(blob),
        "nonceOffset",
        NONCE_OFFSET,
        "nonceStart",
        0,
        "nonceCount",
        NONCES,
        "difficulty",
        DIFFICULTY,
        "shareDifficulty",
        1);
  }
}
