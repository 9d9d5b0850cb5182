package io.p2pmining.core.crypto;

/**
 * Single rounds of AES (FIPS 197) on blocks held as two little-endian words: the low word has bytes
 * 0 to 7. Pure functions, safe for use by any thread.
 *
 * <p>A round gives each half of the block by a formula that is the same for both, but for the
 * halves changing places; so each method computes one half, and a whole round is two calls and the
 * round key:
 *
 * <pre>{@code
 * newLow  = AesRound.encrypt(low, high) ^ keyLow;
 * newHigh = AesRound.encrypt(high, low) ^ keyHigh;
 * }</pre>
 *
 * <p>Substitution, row shift and column mixing are looked up together: four tables a direction, of
 * 256 columns each, all of them rotations of the first. That is not constant in time; there is
 * nothing secret in a proof of work.
 */
public final class AesRound {

  private static final int FIELD_POLYNOMIAL = 0x11b;
  private static final int FIELD_SIZE = 256;

  private static final int[] ENCRYPT_0 = new int[FIELD_SIZE];
  private static final int[] ENCRYPT_1 = new int[FIELD_SIZE];
  private static final int[] ENCRYPT_2 = new int[FIELD_SIZE];
  private static final int[] ENCRYPT_3 = new int[FIELD_SIZE];
  private static final int[] DECRYPT_0 = new int[FIELD_SIZE];
  private static final int[] DECRYPT_1 = new int[FIELD_SIZE];
  private static final int[] DECRYPT_2 = new int[FIELD_SIZE];
  private static final int[] DECRYPT_3 = new int[FIELD_SIZE];

  static {
    for (int x = 0; x < FIELD_SIZE; x++) {
      int s = substitute(x);
      int column = multiply(s, 2) | s << 8 | s << 16 | multiply(s, 3) << 24;
      ENCRYPT_0[x] = column;
      ENCRYPT_1[x] = Integer.rotateLeft(column, 8);
      ENCRYPT_2[x] = Integer.rotateLeft(column, 16);
      ENCRYPT_3[x] = Integer.rotateLeft(column, 24);

      column = multiply(x, 14) | multiply(x, 9) << 8 | multiply(x, 13) << 16;
      column |= multiply(x, 11) << 24;
      DECRYPT_0[s] = column;
      DECRYPT_1[s] = Integer.rotateLeft(column, 8);
      DECRYPT_2[s] = Integer.rotateLeft(column, 16);
      DECRYPT_3[s] = Integer.rotateLeft(column, 24);
    }
  }

  private AesRound() {}

  /** One half of an encryption round, without the round key. */
  public static long encrypt(long half, long other) {
    int first =
        ENCRYPT_0[(int) half & 0xff]
            ^ ENCRYPT_1[(int) (half >>> 40) & 0xff]
            ^ ENCRYPT_2[(int) (other >>> 16) & 0xff]
            ^ ENCRYPT_3[(int) (other >>> 56)];
    int second =
        ENCRYPT_0[(int) (half >>> 32) & 0xff]
            ^ ENCRYPT_1[(int) (other >>> 8) & 0xff]
            ^ ENCRYPT_2[(int) (other >>> 48) & 0xff]
            ^ ENCRYPT_3[(int) (half >>> 24) & 0xff];
    return first & 0xffff_ffffL | (long) second << 32;
  }

  /** One half of a decryption round, without the round key. */
  public static long decrypt(long half, long other) {
    int first =
        DECRYPT_0[(int) half & 0xff]
            ^ DECRYPT_1[(int) (other >>> 40) & 0xff]
            ^ DECRYPT_2[(int) (other >>> 16) & 0xff]
            ^ DECRYPT_3[(int) (half >>> 56)];
    int second =
        DECRYPT_0[(int) (half >>> 32) & 0xff]
            ^ DECRYPT_1[(int) (half >>> 8) & 0xff]
            ^ DECRYPT_2[(int) (other >>> 48) & 0xff]
            ^ DECRYPT_3[(int) (other >>> 24) & 0xff];
    return first & 0xffff_ffffL | (long) second << 32;
  }

  /**
   * The column that an encryption round makes of a byte of its row 0, for other ways to compute
   * this; of row {@code n} it makes the same, rotated left by {@code 8 × n} bits.
   */
  public static int encryptionColumn(int value) {
    return ENCRYPT_0[value];
  }

  /** The same for a decryption round. */
  public static int decryptionColumn(int value) {
    return DECRYPT_0[value];
  }

  /** FIPS 197, section 5.1.1: the inverse in the field, then an affine map. */
  private static int substitute(int x) {
    int inverse = inverse(x);
    int mapped = inverse;
    for (int i = 0; i < 4; i++) {
      inverse = (inverse << 1 | inverse >>> 7) & 0xff;
      mapped ^= inverse;
    }
    return mapped ^ 0x63;
  }

  /** In a field of 256 elements the inverse of x is its 254th power. */
  private static int inverse(int x) {
    int power = 1;
    for (int i = 0; i < FIELD_SIZE - 2; i++) {
      power = multiply(power, x);
    }
    return power;
  }

  private static int multiply(int x, int y) {
    int product = 0;
    int shifted = x;
    for (int rest = y; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        product ^= shifted;
      }
      shifted <<= 1;
      if (shifted >= FIELD_SIZE) {
        shifted ^= FIELD_POLYNOMIAL;
      }
    }
    return product;
  }
}
