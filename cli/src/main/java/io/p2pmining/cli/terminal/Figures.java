package io.p2pmining.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Figures as miners write them. */
public final class Figures {

  private static final double KILO = 1000;
  private static final String[] RATE_UNITS = {"H/s", "kH/s", "MH/s", "GH/s"};
  private static final String[] COUNT_UNITS = {"", " k", " M", " G", " T", " P", " E"};
  private static final String[] TIME_UNITS = {"d", "h", "m", "s"};

  private Figures() {}

  /** A hash rate, for example {@code 9999 H/s} or {@code 18.2 kH/s}. */
  public static String rate(double hashesPerSecond) {
    double value = hashesPerSecond;
    int unit = 0;
    while (value >= 10 * KILO && unit < RATE_UNITS.length - 1) {
      value /= KILO;
      unit++;
    }
    return number(value) + " " + RATE_UNITS[unit];
  }

  /** A large number in short, for example a difficulty: {@code 512 G}. */
  public static String count(double number) {
    double value = number;
    int unit = 0;
    while (value >= 10 * KILO && unit < COUNT_UNITS.length - 1) {
      value /= KILO;
      unit++;
    }
    return unit == 0
        ? String.format(Locale.ROOT, "%.0f", value)
        : number(value) + COUNT_UNITS[unit];
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  /** A part of a whole, for example {@code 0.4 %}. */
  public static String percent(double part) {
    return String.format(Locale.ROOT, part > 0 && part < 0.1 ? "%.1f %%" : "%.0f %%", 100 * part);
  }

  /** How long ago something was, in its largest unit: {@code 3 m ago}. */
  public static String ago(Duration age) {
    long[] parts = parts(age);
    for (int unit = 0; unit < parts.length; unit++) {
      if (parts[unit] > 0) {
        return parts[unit] + " " + TIME_UNITS[unit] + " ago";
      }
    }
    return "now";
  }

  /** A span of time in its two largest units: {@code 1 h 5 m}. */
  public static String span(Duration span) {
    long[] parts = parts(span);
    for (int unit = 0; unit < parts.length - 1; unit++) {
      if (parts[unit] > 0) {
        return parts[unit]
            + " "
            + TIME_UNITS[unit]
            + " "
            + parts[unit + 1]
            + " "
            + TIME_UNITS[unit + 1];
      }
    }
    return parts[parts.length - 1] + " s";
  }

  /** Days, hours, minutes and seconds; all 0 for a time to come, which is a clock that differs. */
  private static long[] parts(Duration time) {
    Duration known = time.isNegative() ? Duration.ZERO : time;
    return new long[] {
      known.toDaysPart(), known.toHoursPart(), known.toMinutesPart(), known.toSecondsPart()
    };
  }

  /** Bytes as MiB or GiB. */
  public static String bytes(long bytes) {
    long mebibytes = bytes >> 20;
    return mebibytes < 10 * 1024
        ? mebibytes + " MiB"
        : String.format(Locale.ROOT, "%.1f GiB", mebibytes / 1024.0);
  }
}
