package io.p2pmining.cli.options;

import io.p2pmining.common.work.Bytes;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Byte strings in hex; {@code -} or nothing for the empty one. */
public final class Hex implements ITypeConverter<Bytes> {

  /** How an empty byte string is written where a word is needed. */
  public static final String EMPTY = "-";

  private static final int SHOWN = 20;

  @Override
  public Bytes convert(String word) {
    return parse(word);
  }

  /**
   * The bytes that a word spells.
   *
   * @throws TypeConversionException if it is not hex
   */
  public static Bytes parse(String word) {
    if (word.equals(EMPTY)) {
      return Bytes.EMPTY;
    }
    for (int i = 0; i < word.length(); i++) {
      if (!HexFormat.isHexDigit(word.charAt(i))) {
        throw new TypeConversionException(
            "'" + shortened(word) + "' is not hex: '" + word.charAt(i) + "' at position " + i);
      }
    }
    if (word.length() % 2 != 0) {
      throw new TypeConversionException(
          "'" + shortened(word) + "' is not hex: an odd number of digits, " + word.length());
    }
    return Bytes.ofHex(word);
  }

  private static String shortened(String word) {
    return word.length() <= SHOWN ? word : word.substring(0, SHOWN) + "…";
  }
}
