package io.p2pmining.core.miner;

import java.util.concurrent.locks.Condition;

/** Time as the mining threads see it. */
interface MinerClock {

  /** Nanoseconds since any moment. */
  long nanoTime();

  /**
   * Waits for a signal, but not longer than this; may return early.
   *
   * @param condition of a lock that the caller holds
   */
  void await(Condition condition, long nanos);

  /** The machine's. */
  static MinerClock system() {
    return new MinerClock() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void await(Condition condition, long nanos) {
        try {
          long left = condition.awaitNanos(nanos);
        } catch (InterruptedException e) {
          // Nobody means anything by interrupting a mining thread; it waits on if it has to.
        }
      }
    };
  }
}
