package io.p2pmining.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Addresses {@code HOST:PORT}; an IPv6 host stands in brackets. */
public final class MasterAddress implements ITypeConverter<String> {

  private static final String EXAMPLE = "', give HOST:PORT, for example 192.168.1.10:9740";

  @Override
  public String convert(String word) {
    int colon = word.lastIndexOf(':');
    String host = colon < 0 ? "" : word.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
    if (host.isBlank() || (!bracketed && (host.indexOf(':') >= 0 || host.startsWith("[")))) {
      throw new TypeConversionException("'" + word + EXAMPLE);
    }
    if (new Port().convert(word.substring(colon + 1)) == 0) {
      throw new TypeConversionException("'" + word + EXAMPLE);
    }
    return word;
  }
}
