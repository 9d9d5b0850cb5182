package io.p2pmining.common.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Lets a few log lines through per window of time and counts the others, for lines that a peer can
 * cause as often as it likes. Safe for use by any thread; holds a few words of memory, whatever
 * happens.
 *
 * <pre>{@code
 * throttle.log(suppressed -> LOG.warn("{}: {} ({} like it not shown)", peer, reason, suppressed));
 * }</pre>
 */
public final class LogThrottle {

  private final int linesPerWindow;
  private final Duration window;
  private final InstantSource clock;

  // Guarded by this.
  private Instant windowStart = Instant.MIN;
  private Instant windowEnd = Instant.MIN;
  private int linesInWindow;
  private long suppressed;

  /**
   * A throttle.
   *
   * @param linesPerWindow how many lines a window lets through, at least 1
   */
  public LogThrottle(int linesPerWindow, Duration window, InstantSource clock) {
    if (linesPerWindow < 1 || !window.isPositive()) {
      throw new IllegalArgumentException(
          "linesPerWindow=" + linesPerWindow + ", window=" + window + ", both must be positive");
    }
    this.linesPerWindow = linesPerWindow;
    this.window = window;
    this.clock = clock;
  }

  /**
   * Writes a line if the window still has room for it.
   *
   * @param line writes it; takes the number of lines that were kept back since the last one
   */
  public void log(LongConsumer line) {
    admit().ifPresent(line);
  }

  /** What a line says at its end of those that were kept back; nothing if there are none. */
  public static String notShown(long keptBack) {
    return keptBack == 0 ? "" : " (" + keptBack + " lines like this are not shown)";
  }

  private synchronized OptionalLong admit() {
    Instant now = clock.instant();
    // A clock that was set back opens a new window too, or nothing would be logged for long.
    if (now.isBefore(windowStart) || !now.isBefore(windowEnd)) {
      windowStart = now;
      windowEnd = now.plus(window);
      linesInWindow = 0;
    }
    if (linesInWindow == linesPerWindow) {
      suppressed++;
      return OptionalLong.empty();
    }
    linesInWindow++;
    long keptBack = suppressed;
    suppressed = 0;
    return OptionalLong.of(keptBack);
  }
}
