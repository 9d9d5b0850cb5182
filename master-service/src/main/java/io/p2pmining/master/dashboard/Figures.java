package io.p2pmining.master.dashboard;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes values as miners are used to read them. */
final class Figures {

  private static final String[] PREFIXES = {"", "k", "M", "G", "T", "P", "E"};
  private static final double THOUSAND = 1000;
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  /** Longer durations are not worth their digits. */
  private static final long FOREVER = 1000 * YEAR;

  private Figures() {}

  /** Hashes per second. */
  static Figure rate(double hashesPerSecond) {
    return new Figure(
        scaled(hashesPerSecond, "H/s"),
        String.format(Locale.ROOT, "%,.2f hashes per second", hashesPerSecond));
  }

  /** A number of things. */
  static Figure count(long count) {
    String digits = String.format(Locale.ROOT, "%,d", count);
    return new Figure(digits, digits);
  }

  /** A number whose last digits do not matter. */
  static Figure large(BigInteger number) {
    return new Figure(
        scaled(number.doubleValue(), "").strip(), String.format(Locale.ROOT, "%,d", number));
  }

  /** A part of a whole, 1 for all of it. */
  static Figure percent(double part) {
    String form = part >= 0.9995 || part == 0 ? "%.0f %%" : "%.1f %%";
    return new Figure(
        String.format(Locale.ROOT, form, 100 * part),
        String.format(Locale.ROOT, "%.4f %%", 100 * part));
  }

  /** How long ago something was. */
  static Figure ago(@Nullable Instant then, Instant now) {
    if (then == null) {
      return new Figure("never", "never");
    }
    long seconds = Math.max(0, Duration.between(then, now).toSeconds());
    String text = seconds < 2 ? "just now" : coarse(seconds) + " ago";
    return new Figure(text, moment(then));
  }

  /** A time in UTC, to the second. */
  static String moment(Instant instant) {
    return instant
        .truncatedTo(ChronoUnit.SECONDS)
        .toString()
        .replace('T', ' ')
        .replace("Z", " UTC");
  }

  /** A length of time in its two largest units. */
  static Figure duration(Duration duration) {
    return seconds(Math.max(0, duration.toMillis()) / THOUSAND);
  }

  /** The same for seconds of any number. */
  static Figure seconds(double seconds) {
    if (Double.isNaN(seconds) || seconds > FOREVER) {
      return new Figure("practically never", "longer than a thousand years");
    }
    return new Figure(
        fine(Math.round(seconds)), String.format(Locale.ROOT, "%,.0f seconds", seconds));
  }

  private static String coarse(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " m";
    }
    return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " d";
  }

  private static String fine(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return two(seconds, MINUTE, "m", 1, "s");
    }
    if (seconds < DAY) {
      return two(seconds, HOUR, "h", MINUTE, "m");
    }
    return seconds < YEAR ? two(seconds, DAY, "d", HOUR, "h") : two(seconds, YEAR, "y", DAY, "d");
  }

  private static String two(long seconds, long large, String unit, long small, String smallUnit) {
    long rest = seconds % large / small;
    String first = seconds / large + " " + unit;
    return rest == 0 ? first : first + " " + rest + " " + smallUnit;
  }

  /** Three or four digits and a prefix. */
  private static String scaled(double value, String unit) {
    int step = 0;
    double rest = value;
    while (rest >= 999.95 && step < PREFIXES.length - 1) {
      rest /= THOUSAND;
      step++;
    }
    int decimals = rest >= 100 || rest == 0 || step == 0 && unit.isEmpty() ? 0 : rest >= 10 ? 1 : 2;
    if (step > 0 && rest >= 100) {
      decimals = 1;
    }
    return String.format(Locale.ROOT, "%." + decimals + "f %s%s", rest, PREFIXES[step], unit);
  }
}
