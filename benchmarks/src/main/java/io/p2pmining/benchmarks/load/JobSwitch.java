package io.p2pmining.benchmarks.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches how one job takes the place of another. Safe for use by any thread; times are those of
 * {@link System#nanoTime()}.
 */
final class JobSwitch {

  private final int workers;
  private final String nextJob;
  private final AtomicInteger assigned = new AtomicInteger();
  private final AtomicLong lastCancel = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong lastAssign = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param workers how many are to get work
   * @param nextJob the job that they get it from
   */
  JobSwitch(int workers, String nextJob) {
    this.workers = workers;
    this.nextJob = nextJob;
  }

  /** Whether this is the job that is expected. */
  boolean isNext(String jobId) {
    return jobId.equals(nextJob);
  }

  /** A worker heard for the first time that its units are worthless. */
  void cancelled() {
    lastCancel.accumulateAndGet(System.nanoTime(), Math::max);
  }

  /** A worker has work from the next job for the first time. */
  void assigned() {
    assigned.incrementAndGet();
    lastAssign.accumulateAndGet(System.nanoTime(), Math::max);
  }

  /** A worker was given work from the next job before the old one ended. */
  void wasAssigned() {
    assigned.incrementAndGet();
  }

  boolean isDone() {
    return assigned.get() >= workers;
  }

  /** How many workers have work from the next job. */
  int assignedCount() {
    return assigned.get();
  }

  /** When the last worker heard of the end of its old units; {@code since} if none did. */
  long lastCancelNanos(long since) {
    return Math.max(since, lastCancel.get());
  }

  long lastAssignNanos(long since) {
    return Math.max(since, lastAssign.get());
  }
}
