package io.p2pmining.common.work;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string with value equality; prints as lower-case hex. */
public final class Bytes {

  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /** The bytes of a copy of {@code value}. */
  public static Bytes copyOf(byte[] value) {
    return value.length == 0 ? EMPTY : new Bytes(value.clone());
  }

  /**
   * The bytes that {@code hex} spells.
   *
   * @throws IllegalArgumentException if it has an odd length or another character than a hex digit
   */
  public static Bytes ofHex(String hex) {
    return new Bytes(HexFormat.of().parseHex(hex));
  }

  /** The number of bytes. */
  public int length() {
    return value.length;
  }

  public boolean isEmpty() {
    return value.length == 0;
  }

  public byte byteAt(int index) {
    return value[index];
  }

  /** A fresh array that the caller may change. */
  public byte[] toArray() {
    return value.clone();
  }

  public String toHex() {
    return HexFormat.of().formatHex(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
