package io.p2pmining.core.tuning;

import java.time.Duration;

/** Time as tuning sees it. */
interface TuningTime {

  /** Nanoseconds since any moment. */
  long nanoTime();

  /** Lets time pass. */
  void sleep(Duration duration) throws InterruptedException;

  /** The machine's. */
  static TuningTime system() {
    return new TuningTime() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }
}
