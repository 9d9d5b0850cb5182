package io.p2pmining.core.pow;

import java.util.function.DoubleConsumer;

/**
 * How to prepare a seed.
 *
 * @param threads how many threads may work on it, at least 1
 * @param progress told the finished part, from 0 to 1, now and then and from any thread
 */
public record Preparation(int threads, DoubleConsumer progress) {

  public Preparation {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + ", must be at least 1");
    }
  }

  /** Preparation on {@code threads} threads that nobody watches. */
  public static Preparation onThreads(int threads) {
    return new Preparation(threads, fraction -> {});
  }
}
