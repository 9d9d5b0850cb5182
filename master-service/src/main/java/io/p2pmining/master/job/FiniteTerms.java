package io.p2pmining.master.job;

import io.p2pmining.core.pow.Target;

/**
 * What makes a job finite: it ends when its nonces are searched, and nothing takes its place.
 *
 * @param priority its weight beside other jobs, {@link #LOWEST_PRIORITY} to {@link
 *     #HIGHEST_PRIORITY}
 * @param shareTarget what counts as a share, for every worker
 * @param stopAfterShares after how many shares the job is done; 0 searches its whole range
 */
public record FiniteTerms(int priority, Target shareTarget, long stopAfterShares) {

  public static final int LOWEST_PRIORITY = 1;
  public static final int HIGHEST_PRIORITY = 100;

  /** The weight of a job that asks for none, and of the jobs of every other source. */
  public static final int DEFAULT_PRIORITY = 10;

  public FiniteTerms {
    if (priority < LOWEST_PRIORITY || priority > HIGHEST_PRIORITY || stopAfterShares < 0) {
      throw new IllegalArgumentException(
          "priority=" + priority + ", stopAfterShares=" + stopAfterShares);
    }
  }
}
