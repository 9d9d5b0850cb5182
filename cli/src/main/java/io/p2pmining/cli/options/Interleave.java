package io.p2pmining.cli.options;

import io.p2pmining.core.pow.EngineSettings;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many hashes one thread computes side by side; {@code auto} leaves it to the engine. */
public final class Interleave implements ITypeConverter<Integer> {

  @Override
  public Integer convert(String word) {
    if (word.equalsIgnoreCase("auto")) {
      return EngineSettings.AUTO_LANES;
    }
    if (word.length() == 1 && word.charAt(0) >= '1' && word.charAt(0) <= '0' + maximum()) {
      return word.charAt(0) - '0';
    }
    throw new TypeConversionException("'" + word + "' is not 1 to " + maximum() + " or auto");
  }

  private static int maximum() {
    return EngineSettings.MAX_LANES;
  }
}
