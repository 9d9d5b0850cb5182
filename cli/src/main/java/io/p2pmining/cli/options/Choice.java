package io.p2pmining.cli.options;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Constants by labels that differ from their names. */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E> {

  private final E[] constants;
  private final Function<E, String> label;

  Choice(E[] constants, Function<E, String> label) {
    this.constants = constants;
    this.label = label;
  }

  /**
   * The constant with a label, in any case.
   *
   * @throws TypeConversionException if there is none, with the labels there are
   */
  @Override
  public E convert(String word) {
    return Arrays.stream(constants)
        .filter(constant -> label.apply(constant).equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("'" + word + "' is none of " + labels()));
  }

  private String labels() {
    return Arrays.stream(constants).map(label).collect(Collectors.joining(", "));
  }
}
