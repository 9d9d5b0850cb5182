package io.p2pmining.cli.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows on standard error how far a benchmark is: a bar that is drawn over and over on a terminal,
 * else a plain line now and then. Safe for use by any thread.
 */
final class BenchmarkProgress {

  private static final int BAR_WIDTH = 30;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long REDRAW_NANOS = NANOS_PER_SECOND / 10;
  private static final long LINE_NANOS = 5 * NANOS_PER_SECOND;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanoClock;

  // Guarded by this.
  private long shownAt;
  private boolean barShown;

  BenchmarkProgress(PrintWriter err, boolean terminal, LongSupplier nanoClock) {
    this.err = err;
    this.terminal = terminal;
    this.nanoClock = nanoClock;
    this.shownAt = nanoClock.getAsLong();
  }

  void preparing(double fraction) {
    show("preparing", fraction, "");
  }

  void hashing(double fraction, long hashes, Duration elapsed) {
    double rate = hashes * (double) NANOS_PER_SECOND / Math.max(1, elapsed.toNanos());
    show("hashing", fraction, String.format(Locale.ROOT, "  %d hashes, %.1f H/s", hashes, rate));
  }

  private synchronized void show(String step, double fraction, String detail) {
    long now = nanoClock.getAsLong();
    if (now - shownAt < (terminal ? REDRAW_NANOS : LINE_NANOS)) {
      return;
    }
    shownAt = now;
    String percent = String.format(Locale.ROOT, "%3.0f %%", 100 * fraction);
    if (terminal) {
      err.print(CLEAR_LINE + "%-9s ".formatted(step) + bar(fraction) + percent + detail);
      err.flush();
      barShown = true;
    } else {
      err.println(step + " " + percent.strip() + detail);
    }
  }

  private static String bar(double fraction) {
    int done = (int) Math.round(BAR_WIDTH * Math.clamp(fraction, 0, 1));
    return "[" + "#".repeat(done) + ".".repeat(BAR_WIDTH - done) + "] ";
  }

  /** Removes the bar from the terminal. */
  synchronized void end() {
    if (barShown) {
      err.print(CLEAR_LINE);
      err.flush();
      barShown = false;
    }
  }
}
