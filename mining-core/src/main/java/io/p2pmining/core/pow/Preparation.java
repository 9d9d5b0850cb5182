package io.p2pmining.core.pow;

import java.util.function.DoubleConsumer;

/**
 * How to prepare a seed.
 *
 * @param threads how many threads may work on it, at least 1
 * @param progress told the finished part, from 0 to 1, now and then and from any thread
 * @param engine how hashes are to be computed under the seed
 */
public record Preparation(int threads, DoubleConsumer progress, EngineSettings engine) {

  public Preparation {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + ", must be at least 1");
    }
  }

  /** Preparation for the best engine. */
  public Preparation(int threads, DoubleConsumer progress) {
    this(threads, progress, EngineSettings.AUTO);
  }

  /** Preparation for the best engine, on {@code threads} threads, that nobody watches. */
  public static Preparation onThreads(int threads) {
    return new Preparation(threads, fraction -> {});
  }

  /** The same preparation for another engine. */
  public Preparation withEngine(EngineSettings settings) {
    return new Preparation(threads, progress, settings);
  }
}
