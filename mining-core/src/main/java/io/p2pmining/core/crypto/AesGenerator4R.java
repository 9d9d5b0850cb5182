package io.p2pmining.core.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * AesGenerator4R (RandomX specification, section 3.3): a pseudo-random sequence from four AES
 * rounds a block, under keys that a variant may choose. Immutable and safe for use by any thread.
 */
public final class AesGenerator4R {

  /** The size of the state in 64-bit words: four blocks of two. */
  public static final int STATE_WORDS = 8;

  private static final int ROUNDS = 4;
  private static final int BLOCK_WORDS = 2;
  private static final int BLOCK_BYTES = BLOCK_WORDS * Long.BYTES;

  private final long[] firstKeys;
  private final long[] secondKeys;

  /**
   * A generator with its keys.
   *
   * @param firstKeys key0 to key3, for blocks 0 and 1, as 128 hex digits in memory order
   * @param secondKeys key4 to key7, for blocks 2 and 3, likewise
   */
  public AesGenerator4R(String firstKeys, String secondKeys) {
    this.firstKeys = parse(firstKeys);
    this.secondKeys = parse(secondKeys);
  }

  private static long[] parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != ROUNDS * BLOCK_BYTES) {
      throw new IllegalArgumentException(
          "keys length=" + bytes.length + ", must be " + ROUNDS * BLOCK_BYTES);
    }
    long[] words = new long[ROUNDS * BLOCK_WORDS];
    for (int i = 0; i < words.length; i++) {
      words[i] = LittleEndian.getLong(bytes, i * Long.BYTES);
    }
    return words;
  }

  /** Keys 0 to 7, two little-endian words each, for other ways to compute this. */
  public long[] keys() {
    long[] keys = Arrays.copyOf(firstKeys, 2 * firstKeys.length);
    System.arraycopy(secondKeys, 0, keys, firstKeys.length, secondKeys.length);
    return keys;
  }

  /**
   * Fills {@code output} with the sequence that follows {@code state}.
   *
   * @param state eight little-endian words; becomes the state after the last output
   * @param output a multiple of {@link #STATE_WORDS} words
   */
  public void generate(long[] state, long[] output) {
    for (int i = 0; i < output.length; i += STATE_WORDS) {
      decrypt(state, 0, firstKeys);
      encrypt(state, 2, firstKeys);
      decrypt(state, 4, secondKeys);
      encrypt(state, 6, secondKeys);
      System.arraycopy(state, 0, output, i, STATE_WORDS);
    }
  }

  private static void encrypt(long[] state, int block, long[] keys) {
    long low = state[block];
    long high = state[block + 1];
    for (int i = 0; i < keys.length; i += BLOCK_WORDS) {
      long next = AesRound.encrypt(low, high) ^ keys[i];
      high = AesRound.encrypt(high, low) ^ keys[i + 1];
      low = next;
    }
    state[block] = low;
    state[block + 1] = high;
  }

  private static void decrypt(long[] state, int block, long[] keys) {
    long low = state[block];
    long high = state[block + 1];
    for (int i = 0; i < keys.length; i += BLOCK_WORDS) {
      long next = AesRound.decrypt(low, high) ^ keys[i];
      high = AesRound.decrypt(high, low) ^ keys[i + 1];
      low = next;
    }
    state[block] = low;
    state[block + 1] = high;
  }
}
