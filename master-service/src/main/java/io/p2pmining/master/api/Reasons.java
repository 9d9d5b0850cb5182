package io.p2pmining.master.api;

import io.p2pmining.master.peer.Standing;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reasons that operators give; workers log them and show them to people. */
final class Reasons {

  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private Reasons() {}

  /** The reason that was given, if it is one. */
  static String orElse(@Nullable String given, String otherwise) {
    if (given == null || given.isBlank()) {
      return otherwise;
    }
    if (given.length() > Standing.MAX_REASON || UNPRINTABLE.matcher(given).find()) {
      throw new BadParameterException(
          "reason", given, "must be one line of at most " + Standing.MAX_REASON + " characters");
    }
    return given.strip();
  }
}
