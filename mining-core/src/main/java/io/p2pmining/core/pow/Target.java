package io.p2pmining.core.pow;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The highest proof value that counts, a little-endian unsigned 256-bit number. A proof meets the
 * target when it is not above it; a target for difficulty d is the largest with which proof × d ≤
 * 2²⁵⁶ − 1. Immutable.
 */
public final class Target {

  /** The length of a target in bytes. */
  public static final int LENGTH = 32;

  private static final BigInteger MAXIMUM_VALUE =
      BigInteger.ONE.shiftLeft(8 * LENGTH).subtract(BigInteger.ONE);

  /** The target that every proof meets; difficulty 1. */
  public static final Target EASIEST = forDifficulty(BigInteger.ONE);

  private final byte[] littleEndian;

  private Target(byte[] littleEndian) {
    this.littleEndian = littleEndian;
  }

  /**
   * The target for a difficulty.
   *
   * @throws IllegalArgumentException if the difficulty is below 1 or above 2²⁵⁶ − 1
   */
  public static Target forDifficulty(BigInteger difficulty) {
    if (difficulty.signum() <= 0 || difficulty.compareTo(MAXIMUM_VALUE) > 0) {
      throw new IllegalArgumentException("difficulty=" + difficulty + ", must be 1 to 2^256-1");
    }
    return ofValue(MAXIMUM_VALUE.divide(difficulty));
  }

  /** The target for a difficulty. */
  public static Target forDifficulty(long difficulty) {
    return forDifficulty(BigInteger.valueOf(difficulty));
  }

  /**
   * The target that these bytes spell.
   *
   * @param littleEndian 32 bytes, least significant first
   * @throws IllegalArgumentException if there are not 32 bytes or all of them are zero
   */
  public static Target ofLittleEndian(byte[] littleEndian) {
    if (littleEndian.length != LENGTH) {
      throw new IllegalArgumentException("length=" + littleEndian.length + ", must be " + LENGTH);
    }
    byte[] copy = littleEndian.clone();
    if (Arrays.equals(copy, new byte[LENGTH])) {
      throw new IllegalArgumentException("a target of zero is met by no hash anyone can find");
    }
    return new Target(copy);
  }

  private static Target ofValue(BigInteger value) {
    byte[] bigEndian = value.toByteArray();
    byte[] littleEndian = new byte[LENGTH];
    for (int i = 0; i < Math.min(LENGTH, bigEndian.length); i++) {
      littleEndian[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return new Target(littleEndian);
  }

  /** Whether a 32-byte proof counts under this target. Does not allocate. */
  public boolean isMetBy(byte[] proof) {
    for (int i = LENGTH - 1; i >= 0; i--) {
      int difference = (proof[i] & 0xff) - (littleEndian[i] & 0xff);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return true;
  }

  /** The difficulty of this target: how many hashes one share takes on average. */
  public BigInteger difficulty() {
    return difficultyOf(littleEndian);
  }

  /** The highest difficulty that a 32-byte proof meets; 2²⁵⁶ − 1 for a proof of zero. */
  public static BigInteger difficultyOf(byte[] proof) {
    byte[] bigEndian = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bigEndian[i] = proof[LENGTH - 1 - i];
    }
    BigInteger value = new BigInteger(1, bigEndian);
    return value.signum() == 0 ? MAXIMUM_VALUE : MAXIMUM_VALUE.divide(value);
  }

  /** A copy of the 32 bytes, least significant first. */
  public byte[] toLittleEndian() {
    return littleEndian.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Target target && Arrays.equals(littleEndian, target.littleEndian);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(littleEndian);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(littleEndian);
  }
}
