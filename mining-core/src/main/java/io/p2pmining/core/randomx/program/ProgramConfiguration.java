package io.p2pmining.core.randomx.program;

import io.p2pmining.core.randomx.CacheParameters;

/**
 * The first 128 bytes of a program buffer (specification, section 4.5), read where they lie. Pure
 * functions of the buffer's words.
 *
 * <pre>
 *   word  0        8    9    10   11   12          13       14      15      16
 *        +--------+----+----+----+----+-----------+--------+-------+-------+----------------
 *        | a0..a3 | ma |  - | mx |  - | address   | dataset| E low | E high| instructions
 *        | lo, hi |    |    |    |    | registers | offset | bits  | bits  | one a word
 *        +--------+----+----+----+----+-----------+--------+-------+-------+----------------
 * </pre>
 */
public final class ProgramConfiguration {

  /** The length of the configuration, and so where the instructions begin, in 64-bit words. */
  public static final int WORDS = 16;

  private static final int MA_WORD = 8;
  private static final int MX_WORD = 10;
  private static final int ADDRESS_REGISTERS_WORD = 12;
  private static final int DATASET_OFFSET_WORD = 13;
  private static final int E_BITS_WORD = 14;

  /** How many items the start of a program's part of the dataset can be moved by, and none. */
  private static final long DATASET_OFFSET_COUNT =
      CacheParameters.DATASET_EXTRA_BYTES / CacheParameters.ITEM_BYTES + 1;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION_MASK = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT_BIAS = 1023;
  private static final int E_FRACTION_MASK = (1 << 22) - 1;
  private static final long E_EXPONENT = 0x300;

  private ProgramConfiguration() {}

  /** A half of a group A register (section 4.5.2), in the order a0 low, a0 high, a1 low. */
  public static double groupA(long[] buffer, int half) {
    long word = buffer[half];
    long exponent = (word >>> 59) + EXPONENT_BIAS;
    return Double.longBitsToDouble(exponent << FRACTION_BITS | word & FRACTION_MASK);
  }

  /** The first value of register ma (section 4.5.3); its low six bits have no meaning. */
  public static int ma(long[] buffer) {
    return (int) buffer[MA_WORD];
  }

  /** The first value of register mx (section 4.5.3); its low six bits have no meaning. */
  public static int mx(long[] buffer) {
    return (int) buffer[MX_WORD];
  }

  /** The integer register, 0 to 7, that address register {@code index} names (section 4.5.4). */
  public static int addressRegister(long[] buffer, int index) {
    return 2 * index + ((int) (buffer[ADDRESS_REGISTERS_WORD] >>> index) & 1);
  }

  /** The first item of the program's part of the dataset (section 4.5.5). */
  public static int datasetOffset(long[] buffer) {
    return (int) Long.remainderUnsigned(buffer[DATASET_OFFSET_WORD], DATASET_OFFSET_COUNT);
  }

  /**
   * The bits that conversion to a group E register sets (sections 4.3.2 and 4.5.6).
   *
   * @param half 0 for the low halves of the registers, 1 for the high ones
   */
  public static long groupEBits(long[] buffer, int half) {
    long word = buffer[E_BITS_WORD + half];
    long exponent = E_EXPONENT | word >>> 60 << 4;
    return exponent << FRACTION_BITS | word & E_FRACTION_MASK;
  }
}
