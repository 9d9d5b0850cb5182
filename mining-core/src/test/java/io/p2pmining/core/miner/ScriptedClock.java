package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** A clock that a test moves; rests move it too, or last until something interrupts them. */
final class ScriptedClock implements MinerClock {

  final AtomicLong nowNanos = new AtomicLong();
  final Semaphore rests = new Semaphore(0);
  volatile boolean endless;
  volatile boolean resting;

  @Override
  public long nanoTime() {
    return nowNanos.get();
  }

  @Override
  public void await(Condition condition, long nanos) {
    assertThat(nanos).isPositive();
    resting = true;
    rests.release();
    if (endless) {
      condition.awaitUninterruptibly();
    } else {
      nowNanos.addAndGet(nanos);
    }
    resting = false;
  }
}
