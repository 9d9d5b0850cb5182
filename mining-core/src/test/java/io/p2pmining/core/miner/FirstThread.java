package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

/** The first mining thread of the only miner that runs. */
final class FirstThread {

  private static final long PATIENCE_NANOS = 30_000_000_000L;

  private FirstThread() {}

  /** Waits until the thread waits for something, without a limit. */
  static void awaitWaiting() {
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().equals("miner-0"))
            .findFirst()
            .orElseThrow();
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).as("%s should wait", thread).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
