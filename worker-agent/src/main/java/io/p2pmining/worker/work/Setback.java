package io.p2pmining.worker.work;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Trouble on this machine, too little memory for example, and when to ask for work again: units
 * that fail at once would otherwise go around the cluster. Guarded by the desk's lock.
 */
final class Setback {

  static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private @Nullable String reason;
  private @Nullable Instant retryAt;
  private Duration nextWait = FIRST_WAIT;

  /** Something went wrong; returns how long to wait. Does not add up while waiting. */
  Duration happened(String reason, Instant now) {
    this.reason = reason;
    if (retryAt == null) {
      retryAt = now.plus(nextWait);
      nextWait = nextWait.multipliedBy(2);
      if (nextWait.compareTo(LONGEST_WAIT) > 0) {
        nextWait = LONGEST_WAIT;
      }
    }
    return Duration.between(now, retryAt);
  }

  /** Whether the wait has just ended; true once. */
  boolean isRetryDue(Instant now) {
    if (retryAt == null || now.isBefore(retryAt)) {
      return false;
    }
    retryAt = null;
    return true;
  }

  /** Whether no work is to be asked for. */
  boolean isWaiting() {
    return retryAt != null;
  }

  /** Work was done: all is well. True if it was not before. */
  boolean overcome() {
    boolean hadReason = reason != null;
    reason = null;
    nextWait = FIRST_WAIT;
    return hadReason;
  }

  /** What is wrong; null if nothing is. */
  @Nullable String reason() {
    return reason;
  }
}
