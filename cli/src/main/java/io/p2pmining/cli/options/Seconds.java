package io.p2pmining.cli.options;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times in seconds, above 0 and at most a day. */
public final class Seconds implements ITypeConverter<Duration> {

  private static final Duration LONGEST = Duration.ofDays(1);

  @Override
  public Duration convert(String word) {
    try {
      double seconds = Double.parseDouble(word);
      if (seconds > 0 && seconds <= LONGEST.toSeconds()) {
        return Duration.ofNanos(Math.max(1, (long) (seconds * 1e9)));
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new TypeConversionException(
        "'" + word + "' is not a number of seconds above 0, at most " + LONGEST.toSeconds());
  }
}
