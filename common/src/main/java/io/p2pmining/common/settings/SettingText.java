package io.p2pmining.common.settings;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes values as one would write them in a settings file, but for secrets. */
final class SettingText {

  static final String HIDDEN = "(not shown)";
  private static final String NONE = "none";

  /** What stands before the host of an address. A password may hold an @ itself. */
  private static final Pattern LOGIN = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@");

  private static final long MILLIS_PER_SECOND = 1000;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long MINUTES_PER_HOUR = 60;
  private static final long HOURS_PER_DAY = 24;

  private SettingText() {}

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> NONE;
      case Duration duration -> duration(duration);
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      case Collection<?> values ->
          values.isEmpty()
              ? NONE
              : values.stream().map(SettingText::of).collect(Collectors.joining(", "));
      default -> text(value.toString());
    };
  }

  /** How frameworks print a size. */
  private static final Pattern BYTES = Pattern.compile("(\\d{1,18})B");

  private static final List<String> SIZE_UNITS = List.of("B", "KB", "MB", "GB", "TB");
  private static final int SIZE_STEP = 1024;

  private static String text(String text) {
    Matcher bytes = BYTES.matcher(text);
    return bytes.matches() ? size(Long.parseLong(bytes.group(1))) : withoutLogin(text);
  }

  /** In the largest unit of which it is a whole number. */
  private static String size(long bytes) {
    long count = bytes;
    int unit = 0;
    while (count != 0 && count % SIZE_STEP == 0 && unit < SIZE_UNITS.size() - 1) {
      count /= SIZE_STEP;
      unit++;
    }
    return count + SIZE_UNITS.get(unit);
  }

  private static String withoutLogin(String text) {
    return text.isEmpty() ? NONE : LOGIN.matcher(text).replaceFirst("$1");
  }

  /** In the largest unit of which it is a whole number. */
  private static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0 || millis % MILLIS_PER_SECOND != 0) {
      return millis + "ms";
    }
    long seconds = millis / MILLIS_PER_SECOND;
    if (seconds % SECONDS_PER_MINUTE != 0) {
      return seconds + "s";
    }
    long minutes = seconds / SECONDS_PER_MINUTE;
    if (minutes % MINUTES_PER_HOUR != 0) {
      return minutes + "m";
    }
    long hours = minutes / MINUTES_PER_HOUR;
    return hours % HOURS_PER_DAY == 0 ? hours / HOURS_PER_DAY + "d" : hours + "h";
  }
}
