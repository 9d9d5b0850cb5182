package io.p2pmining.core.crypto;

/**
 * AesHash1R (RandomX specification, section 3.4): a 512-bit fingerprint from one AES round a block,
 * with the input as round keys. Pure functions, safe for use by any thread.
 */
public final class AesHash1R {

  /** The size of a fingerprint in 64-bit words. */
  public static final int HASH_WORDS = 8;

  private static final long EXTRA_KEY_0_LOW = 0x8b24949ff6fa8389L;
  private static final long EXTRA_KEY_0_HIGH = 0x0689020190dc56bfL;
  private static final long EXTRA_KEY_1_LOW = 0x51f4e03c61b263d1L;
  private static final long EXTRA_KEY_1_HIGH = 0xed18f99bee1043c6L;

  private static final long[] INITIAL_STATE = {
    0x9fa856de92b52c0dL,
    0xd7983aadcc82db47L,
    0x15c7b798338d996eL,
    0xace78057f59e125aL,
    0xae62c7d06a770017L,
    0xe8a07ce45079506bL,
    0x07ad828d630a240cL,
    0x7e99494879a10005L,
  };

  private AesHash1R() {}

  /** The state before the first input, eight words, for other ways to compute this. */
  public static long[] initialState() {
    return INITIAL_STATE.clone();
  }

  /** The keys of the two rounds after the last input, two little-endian words each. */
  public static long[] extraKeys() {
    return new long[] {EXTRA_KEY_0_LOW, EXTRA_KEY_0_HIGH, EXTRA_KEY_1_LOW, EXTRA_KEY_1_HIGH};
  }

  /**
   * Computes the fingerprint of {@code input}.
   *
   * @param input a multiple of {@link #HASH_WORDS} little-endian words
   * @param hash receives {@link #HASH_WORDS} words
   */
  public static void hash(long[] input, long[] hash) {
    long low0 = INITIAL_STATE[0];
    long high0 = INITIAL_STATE[1];
    long low1 = INITIAL_STATE[2];
    long high1 = INITIAL_STATE[3];
    long low2 = INITIAL_STATE[4];
    long high2 = INITIAL_STATE[5];
    long low3 = INITIAL_STATE[6];
    long high3 = INITIAL_STATE[7];
    for (int i = 0; i < input.length; i += HASH_WORDS) {
      long next = AesRound.encrypt(low0, high0) ^ input[i];
      high0 = AesRound.encrypt(high0, low0) ^ input[i + 1];
      low0 = next;
      next = AesRound.decrypt(low1, high1) ^ input[i + 2];
      high1 = AesRound.decrypt(high1, low1) ^ input[i + 3];
      low1 = next;
      next = AesRound.encrypt(low2, high2) ^ input[i + 4];
      high2 = AesRound.encrypt(high2, low2) ^ input[i + 5];
      low2 = next;
      next = AesRound.decrypt(low3, high3) ^ input[i + 6];
      high3 = AesRound.decrypt(high3, low3) ^ input[i + 7];
      low3 = next;
    }
    finishEncrypted(low0, high0, hash, 0);
    finishDecrypted(low1, high1, hash, 2);
    finishEncrypted(low2, high2, hash, 4);
    finishDecrypted(low3, high3, hash, 6);
  }

  private static void finishEncrypted(long low, long high, long[] hash, int block) {
    long nextLow = AesRound.encrypt(low, high) ^ EXTRA_KEY_0_LOW;
    long nextHigh = AesRound.encrypt(high, low) ^ EXTRA_KEY_0_HIGH;
    hash[block] = AesRound.encrypt(nextLow, nextHigh) ^ EXTRA_KEY_1_LOW;
    hash[block + 1] = AesRound.encrypt(nextHigh, nextLow) ^ EXTRA_KEY_1_HIGH;
  }

  private static void finishDecrypted(long low, long high, long[] hash, int block) {
    long nextLow = AesRound.decrypt(low, high) ^ EXTRA_KEY_0_LOW;
    long nextHigh = AesRound.decrypt(high, low) ^ EXTRA_KEY_0_HIGH;
    hash[block] = AesRound.decrypt(nextLow, nextHigh) ^ EXTRA_KEY_1_LOW;
    hash[block + 1] = AesRound.decrypt(nextHigh, nextLow) ^ EXTRA_KEY_1_HIGH;
  }
}
