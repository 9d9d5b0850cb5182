package io.p2pmining.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** TCP ports; 0 stands for any free one. */
public final class Port implements ITypeConverter<Integer> {

  private static final int LAST = 65535;

  @Override
  public Integer convert(String word) {
    try {
      int value = Integer.parseInt(word);
      if (value >= 0 && value <= LAST) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new TypeConversionException("'" + word + "' is not a port from 0 to " + LAST);
  }
}
