package io.p2pmining.cli.doctor;

import io.p2pmining.cli.terminal.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether this machine knows what time it is, as far as others tell. */
final class ClockCheck {

  private static final String NAME = "clock";
  private static final String REMEDY =
      "let it be set by NTP, for example: timedatectl set-ntp true";

  /** A master tells its time to the second, and an answer takes its time. */
  private static final Duration SAME = Duration.ofSeconds(5);

  /** Blocks bear the time of who made their template, which may be somewhat ahead. */
  private static final Duration AHEAD = Duration.ofMinutes(2);

  private ClockCheck() {}

  /**
   * Compares clocks.
   *
   * @param built when this program was built
   * @param master the master's clock, if it answered
   * @param tip when the newest block was made, if a node answered
   */
  static Finding of(Instant now, Instant built, @Nullable Instant master, @Nullable Instant tip) {
    if (now.isBefore(built)) {
      return Finding.fail(NAME, now + " is before this program was built, " + built, REMEDY);
    }
    Optional<String> wrong = difference(now, master).or(() -> behind(now, tip));
    if (wrong.isPresent()) {
      return Finding.warn(NAME, wrong.get(), REMEDY);
    }
    String witnesses =
        master == null && tip == null
            ? "; neither a master nor a node answered to compare it with"
            : ", which agrees with " + (master == null ? "the node's newest block" : "the master");
    return Finding.ok(NAME, now.truncatedTo(ChronoUnit.SECONDS) + witnesses);
  }

  private static Optional<String> difference(Instant now, @Nullable Instant master) {
    if (master == null) {
      return Optional.empty();
    }
    Duration ahead = Duration.between(master, now);
    return ahead.abs().compareTo(SAME) <= 0
        ? Optional.empty()
        : Optional.of(
            "%s %s that of the master"
                .formatted(Figures.span(ahead.abs()), ahead.isNegative() ? "behind" : "ahead of"));
  }

  private static Optional<String> behind(Instant now, @Nullable Instant tip) {
    return tip != null && now.plus(AHEAD).isBefore(tip)
        ? Optional.of(
            "%s behind the newest block of the node"
                .formatted(Figures.span(Duration.between(now, tip))))
        : Optional.empty();
  }
}
