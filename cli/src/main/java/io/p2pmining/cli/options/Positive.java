package io.p2pmining.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers from 1 on. */
public final class Positive implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String word) {
    try {
      int value = Integer.parseInt(word);
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number that is too small is.
    }
    throw new TypeConversionException(
        "'" + word + "' is not a whole number from 1 to " + Integer.MAX_VALUE);
  }
}
