package io.p2pmining.core.crypto;

/**
 * AesGenerator1R (RandomX specification, section 3.2): a pseudo-random sequence from one AES round
 * a block. Pure functions, safe for use by any thread.
 */
public final class AesGenerator1R {

  /** The size of the state in 64-bit words: four blocks of two. */
  public static final int STATE_WORDS = 8;

  private static final long KEY_0_LOW = 0x627166096daca553L;
  private static final long KEY_0_HIGH = 0xb4f44917dbb5552bL;
  private static final long KEY_1_LOW = 0x846a710d6d7caf07L;
  private static final long KEY_1_HIGH = 0x0da1dc4e1725d378L;
  private static final long KEY_2_LOW = 0x9f947ec63f1262f1L;
  private static final long KEY_2_HIGH = 0x3e20e345f4c0794fL;
  private static final long KEY_3_LOW = 0xb1ba317c6aef8135L;
  private static final long KEY_3_HIGH = 0x4916915416314c88L;

  private AesGenerator1R() {}

  /** The keys of blocks 0 to 3, two little-endian words each, for other ways to compute this. */
  public static long[] keys() {
    return new long[] {
      KEY_0_LOW, KEY_0_HIGH, KEY_1_LOW, KEY_1_HIGH, KEY_2_LOW, KEY_2_HIGH, KEY_3_LOW, KEY_3_HIGH
    };
  }

  /**
   * Fills {@code output} with the sequence that follows {@code state}.
   *
   * @param state eight little-endian words; becomes the state after the last output
   * @param output a multiple of {@link #STATE_WORDS} words
   */
  public static void generate(long[] state, long[] output) {
    long low0 = state[0];
    long high0 = state[1];
    long low1 = state[2];
    long high1 = state[3];
    long low2 = state[4];
    long high2 = state[5];
    long low3 = state[6];
    long high3 = state[7];
    for (int i = 0; i < output.length; i += STATE_WORDS) {
      long next = AesRound.decrypt(low0, high0) ^ KEY_0_LOW;
      high0 = AesRound.decrypt(high0, low0) ^ KEY_0_HIGH;
      low0 = next;
      next = AesRound.encrypt(low1, high1) ^ KEY_1_LOW;
      high1 = AesRound.encrypt(high1, low1) ^ KEY_1_HIGH;
      low1 = next;
      next = AesRound.decrypt(low2, high2) ^ KEY_2_LOW;
      high2 = AesRound.decrypt(high2, low2) ^ KEY_2_HIGH;
      low2 = next;
      next = AesRound.encrypt(low3, high3) ^ KEY_3_LOW;
      high3 = AesRound.encrypt(high3, low3) ^ KEY_3_HIGH;
      low3 = next;
      output[i] = low0;
      output[i + 1] = high0;
      output[i + 2] = low1;
      output[i + 3] = high1;
      output[i + 4] = low2;
      output[i + 5] = high2;
      output[i + 6] = low3;
      output[i + 7] = high3;
    }
    state[0] = low0;
    state[1] = high0;
    state[2] = low1;
    state[3] = high1;
    state[4] = low2;
    state[5] = high2;
    state[6] = low3;
    state[7] = high3;
  }
}
