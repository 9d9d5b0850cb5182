package io.p2pmining.master.peer;

import java.time.Duration;

/**
 * The cluster's hash rate over the last while: a ring of samples taken at a fixed interval. Safe
 * for use by any thread.
 */
public final class HashRateHistory {

  /** {@link #INTERVAL} as a constant for annotations. */
  static final int INTERVAL_SECONDS = 5;

  /** How often {@link #sample} is to be called. */
  public static final Duration INTERVAL = Duration.ofSeconds(INTERVAL_SECONDS);

  /** How far back the samples reach. */
  public static final Duration REACH = Duration.ofMinutes(15);

  private final double[] samples = new double[(int) REACH.dividedBy(INTERVAL)];
  private int count;
  private int next;

  /** Adds the rate of this moment. */
  public synchronized void sample(double hashesPerSecond) {
    samples[next] = hashesPerSecond;
    next = (next + 1) % samples.length;
    count = Math.min(count + 1, samples.length);
  }

  /**
   * The mean over the last {@code window}, or since the first sample if that is shorter; 0 before
   * it.
   */
  public synchronized double average(Duration window) {
    int wanted = (int) Math.min(count, Math.max(1, window.dividedBy(INTERVAL)));
    double sum = 0;
    for (int age = 1; age <= wanted; age++) {
      sum += samples[Math.floorMod(next - age, samples.length)];
    }
    return wanted == 0 ? 0 : sum / wanted;
  }
}
