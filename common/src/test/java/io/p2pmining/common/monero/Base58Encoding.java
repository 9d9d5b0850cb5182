package io.p2pmining.common.monero;

import java.math.BigInteger;
import java.util.Arrays;

/** Writes what {@link Base58} reads, for making addresses that are wrong in a chosen way. */
final class Base58Encoding {

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int[] DIGITS_OF_BYTES = {0, 2, 3, 5, 6, 7, 9, 10, 11};

  private Base58Encoding() {}

  static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int start = 0; start < bytes.length; start += 8) {
      byte[] block = Arrays.copyOfRange(bytes, start, Math.min(start + 8, bytes.length));
      text.append(encodeBlock(block));
    }
    return text.toString();
  }

  private static String encodeBlock(byte[] block) {
    BigInteger value = new BigInteger(1, block);
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < DIGITS_OF_BYTES[block.length]; i++) {
      BigInteger[] parts = value.divideAndRemainder(BigInteger.valueOf(58));
      digits.append(ALPHABET.charAt(parts[1].intValue()));
      value = parts[0];
    }
    return digits.reverse().toString();
  }
}
