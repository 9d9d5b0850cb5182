package io.p2pmining.common.monero;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Base 58 as Monero writes it: every 8 bytes become 11 digits, a shorter rest becomes as many
 * digits as it needs, so that the length of the text tells the length of the bytes.
 */
final class Base58 {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger RADIX = BigInteger.valueOf(58);

  private static final int BLOCK_BYTES = 8;
  private static final int BLOCK_DIGITS = 11;

  /** How many bytes a block of so many digits holds; -1 where no block has that many digits. */
  private static final int[] BYTES_OF_DIGITS = {0, -1, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8};

  private Base58() {}

  /**
   * The bytes that {@code text} spells.
   *
   * @throws IllegalArgumentException if it has a foreign character, a length that no bytes have, or
   *     a block whose value is too large; the message names the place, counted from 1
   */
  static byte[] decode(String text) {
    int restBytes = BYTES_OF_DIGITS[text.length() % BLOCK_DIGITS];
    if (restBytes < 0) {
      throw new IllegalArgumentException(
          "it has " + text.length() + " characters: one or more are missing or too many");
    }
    byte[] bytes = new byte[text.length() / BLOCK_DIGITS * BLOCK_BYTES + restBytes];
    int written = 0;
    for (int start = 0; start < text.length(); start += BLOCK_DIGITS) {
      int end = Math.min(start + BLOCK_DIGITS, text.length());
      int count = BYTES_OF_DIGITS[end - start];
      writeBigEndian(blockValue(text, start, end, count), bytes, written, count);
      written += count;
    }
    return bytes;
  }

  private static BigInteger blockValue(String text, int start, int end, int byteCount) {
    BigInteger value = BigInteger.ZERO;
    for (int i = start; i < end; i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException(
            "character " + (i + 1) + " is none that an address may contain");
      }
      value = value.multiply(RADIX).add(BigInteger.valueOf(digit));
    }
    if (value.bitLength() > Byte.SIZE * byteCount) {
      throw new IllegalArgumentException(
          "characters " + (start + 1) + " to " + end + " spell no value");
    }
    return value;
  }

  private static void writeBigEndian(BigInteger value, byte[] bytes, int offset, int count) {
    byte[] magnitude = value.toByteArray();
    int length = Math.min(count, magnitude.length);
    byte[] low = Arrays.copyOfRange(magnitude, magnitude.length - length, magnitude.length);
    System.arraycopy(low, 0, bytes, offset + count - length, length);
  }
}
