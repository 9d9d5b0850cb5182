package io.p2pmining.core.miner;

import java.util.OptionalInt;

/**
 * What a mining thread does about itself before it hashes anything, for example binding itself to a
 * processor. Shared by all mining threads.
 */
@FunctionalInterface
public interface ThreadSetup {

  /** Leaves the threads as they are. */
  ThreadSetup NONE = (thread, cpu) -> {};

  /**
   * Runs on each mining thread when it starts, and again whenever it is to belong to another
   * processor than before. What it throws is logged, and the thread mines all the same.
   *
   * @param thread the thread's index, from 0
   * @param cpu the processor that the thread is to belong to; empty if it may run anywhere
   */
  void place(int thread, OptionalInt cpu);
}
