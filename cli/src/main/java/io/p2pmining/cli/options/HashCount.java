package io.p2pmining.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers from 1 to 2³², the number of nonces there are. */
public final class HashCount implements ITypeConverter<Long> {

  private static final long LAST = 1L << 32;

  @Override
  public Long convert(String word) {
    try {
      long value = Long.parseLong(word);
      if (value >= 1 && value <= LAST) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new TypeConversionException("'" + word + "' is not a whole number from 1 to " + LAST);
  }
}
