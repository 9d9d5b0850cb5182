package io.p2pmining.core.randomx;

import java.time.Duration;

/**
 * When a long comparison ends: after {@code -Dfuzz.minutes}, half an hour if nothing is said, or
 * after a single round where {@code -Dtest.seed} asks for that round again. Owned by one thread.
 */
public final class FuzzTime {

  private static final String MINUTES = "fuzz.minutes";
  private static final int DEFAULT_MINUTES = 30;
  private static final long REPORT_NANOS = Duration.ofMinutes(1).toNanos();

  private final String what;
  private final long begin = System.nanoTime();
  private final long nanos;
  private final boolean once = Long.getLong(TestSeed.PROPERTY) != null;
  private long reported = begin;
  private long rounds;
  private long agreed;

  /**
   * Begins now.
   *
   * @param what is counted, in the words of a report
   * @param part of the time that is asked for
   */
  public FuzzTime(String what, double part) {
    this.what = what;
    this.nanos =
        (long) (Duration.ofMinutes(Integer.getInteger(MINUTES, DEFAULT_MINUTES)).toNanos() * part);
  }

  /** Whether another round is to follow; there is always a first one. */
  public boolean goesOn() {
    return rounds == 0 || !once && System.nanoTime() - begin < nanos;
  }

  /** The seed of the next round. */
  public long nextSeed() {
    rounds++;
    return Long.getLong(TestSeed.PROPERTY, System.nanoTime() * 31 + rounds);
  }

  /** Counts what agreed, and reports it from time to time. */
  public void agreed(long count) {
    agreed += count;
    if (System.nanoTime() - reported > REPORT_NANOS) {
      reported = System.nanoTime();
      report();
    }
  }

  /** Prints what agreed. */
  public void report() {
    System.out.printf(
        "%s: %d agreed in %d rounds, %d s%n",
        what, agreed, rounds, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
  }
}
