package io.p2pmining.core.pow;

import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * How to prepare a seed.
 *
 * @param threads how many threads may work on it, at least 1
 * @param progress told the finished part, from 0 to 1, now and then and from any thread
 * @param engine how hashes are to be computed under the seed
 * @param interim receives a seed of the same key in a lesser mode, if the algorithm has one ready
 *     long before the one that was asked for; at most once, on the thread that prepares, which goes
 *     on when this returns. The receiver owns that seed and closes it when it likes, before or
 *     after the preparation has succeeded or failed: memory that both use is freed when both are
 *     done with it.
 */
public record Preparation(
    int threads, DoubleConsumer progress, EngineSettings engine, Consumer<PreparedSeed> interim) {

  private static final Consumer<PreparedSeed> NOBODY = PreparedSeed::close;

  public Preparation {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + ", must be at least 1");
    }
  }

  /** Preparation without any use for an interim seed. */
  public Preparation(int threads, DoubleConsumer progress, EngineSettings engine) {
    this(threads, progress, engine, NOBODY);
  }

  /** Preparation for the best engine. */
  public Preparation(int threads, DoubleConsumer progress) {
    this(threads, progress, EngineSettings.AUTO);
  }

  /** Preparation for the best engine, on {@code threads} threads, that nobody watches. */
  public static Preparation onThreads(int threads) {
    return new Preparation(threads, fraction -> {});
  }

  /** Whether anybody has a use for an interim seed. */
  public boolean wantsInterim() {
    return interim != NOBODY;
  }

  /** The same preparation for another engine. */
  public Preparation withEngine(EngineSettings settings) {
    return new Preparation(threads, progress, settings, interim);
  }

  /** The same preparation for somebody who hashes meanwhile. */
  public Preparation withInterim(Consumer<PreparedSeed> receiver) {
    return new Preparation(threads, progress, engine, receiver);
  }
}
