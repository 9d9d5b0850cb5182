package io.p2pmining.benchmarks.load;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the workers of one event loop do later, on ticks: the loop has one timer for each tick
 * instead of one for each action, whose order would cost it a third of its time. And a loop that
 * has something to do less than a millisecond from now asks the kernel again and again until then,
 * and would take the master's processor time. Used on the loop.
 */
final class Ticks {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final EventLoop loop;
  private final Map<Long, List<Runnable>> actions = new HashMap<>();

  Ticks(EventLoop loop) {
    this.loop = loop;
  }

  /** Does something on the first tick after a delay. */
  void schedule(Runnable action, long delayNanos) {
    long now = System.nanoTime();
    long tick = Math.ceilDiv(now + delayNanos, TICK_NANOS);
    actions
        .computeIfAbsent(
            tick,
            fresh -> {
              var unused =
                  loop.schedule(() -> act(fresh), fresh * TICK_NANOS - now, TimeUnit.NANOSECONDS);
              return new ArrayList<>();
            })
        .add(action);
  }

  private void act(long tick) {
    List<Runnable> due = actions.remove(tick);
    if (due != null) {
      due.forEach(Runnable::run);
    }
  }
}
