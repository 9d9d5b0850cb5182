package io.p2pmining.cli.options;

import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Proof-of-work algorithms by name. */
public final class Algorithm implements ITypeConverter<PowAlgorithm> {

  private final PowAlgorithms algorithms = PowAlgorithms.load();

  /**
   * The algorithm of a name.
   *
   * @throws TypeConversionException if there is none, with the names there are
   */
  @Override
  public PowAlgorithm convert(String name) {
    return algorithms
        .find(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + name
                        + "' is not an algorithm known here: "
                        + String.join(", ", algorithms.names())));
  }
}
