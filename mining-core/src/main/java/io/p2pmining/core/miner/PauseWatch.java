package io.p2pmining.core.miner;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks at regular intervals whether conditions hold that are reasons to pause, and tells a miner. A
 * reason needs a clear yes: a machine that does not say, or a condition that fails, pauses nothing,
 * and ends a pause that had begun. Safe for use by any thread.
 */
public final class PauseWatch implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Miner.class.getName());

  private final Miner miner;
  private final Map<PauseReason, PauseCondition> conditions;

  // Guarded by this.
  private final Set<PauseReason> failing = EnumSet.noneOf(PauseReason.class);
  private @Nullable Future<?> polling;
  private boolean closed;

  private PauseWatch(Miner miner, Map<PauseReason, PauseCondition> conditions) {
    this.miner = miner;
    this.conditions = new EnumMap<>(conditions);
  }

  /**
   * A watch that asks at once and then after every interval.
   *
   * @param conditions by the reason that each of them is; nobody else gives or withdraws these
   *     reasons
   * @param scheduler asks; the caller's to shut down, after the watch is closed
   */
  public static PauseWatch start(
      Miner miner,
      Map<PauseReason, PauseCondition> conditions,
      ScheduledExecutorService scheduler,
      Duration interval) {
    PauseWatch watch = new PauseWatch(miner, conditions);
    synchronized (watch) {
      watch.polling =
          scheduler.scheduleWithFixedDelay(
              watch::poll, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
    return watch;
  }

  private synchronized void poll() {
    if (closed) {
      return;
    }
    conditions.forEach(
        (reason, condition) -> {
          if (ask(reason, condition) == PauseCondition.Answer.YES) {
            miner.pause(reason);
          } else {
            miner.resume(reason);
          }
        });
  }

  private PauseCondition.Answer ask(PauseReason reason, PauseCondition condition) {
    try {
      PauseCondition.Answer answer = condition.ask();
      failing.remove(reason);
      return answer;
    } catch (RuntimeException e) {
      if (failing.add(reason)) {
        LOG.log(System.Logger.Level.WARNING, "cannot tell whether to pause {0}: {1}", reason, e);
      }
      return PauseCondition.Answer.UNKNOWN;
    }
  }

  /** Stops asking and withdraws the reasons it gave. */
  @Override
  public synchronized void close() {
    closed = true;
    if (polling != null) {
      polling.cancel(false);
    }
    conditions.keySet().forEach(miner::resume);
  }
}
