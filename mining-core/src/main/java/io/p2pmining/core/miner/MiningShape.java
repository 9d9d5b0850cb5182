package io.p2pmining.core.miner;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.List;
import java.util.OptionalInt;

/**
 * How the threads of a {@link Miner} hash: what can be changed while they do.
 *
 * @param threads how many hash, at least 1; the others stand by
 * @param lanes how many hashes each computes side by side, 1 to {@link EngineSettings#MAX_LANES};
 *     {@link EngineSettings#AUTO_LANES} leaves it to the engine
 * @param prefetch how each fetches ahead; {@link PrefetchMode#AUTO} for what the {@link
 *     EngineSettings} say
 * @param scratchpadPages the pages under the scratchpads; {@link PagePolicy#AUTO} for what the
 *     {@link EngineSettings} say
 * @param cpus by thread, the number of the processor it belongs to; empty if threads are not bound
 */
public record MiningShape(
    int threads, int lanes, PrefetchMode prefetch, PagePolicy scratchpadPages, List<Integer> cpus) {

  public MiningShape {
    if (threads < 1) {
      throw new IllegalArgumentException("threads=" + threads + ", must be at least 1");
    }
    if (lanes < EngineSettings.AUTO_LANES || lanes > EngineSettings.MAX_LANES) {
      throw new IllegalArgumentException(
          "lanes=" + lanes + ", must be 1 to " + EngineSettings.MAX_LANES);
    }
    cpus = List.copyOf(cpus);
    if (!cpus.isEmpty() && cpus.size() != threads) {
      throw new IllegalArgumentException(
          "cpus=" + cpus + ", must be one for each thread or none: threads=" + threads);
    }
    if (cpus.stream().anyMatch(cpu -> cpu < 0)) {
      throw new IllegalArgumentException("cpus=" + cpus + ", must be 0 or more");
    }
  }

  /** The same with another number of lanes. */
  public MiningShape withLanes(int count) {
    return new MiningShape(threads, count, prefetch, scratchpadPages, cpus);
  }

  /** The same, fetching ahead in another way. */
  public MiningShape withPrefetch(PrefetchMode mode) {
    return new MiningShape(threads, lanes, mode, scratchpadPages, cpus);
  }

  /** The same with lanes and prefetch as a seed's engine has chosen them. */
  public MiningShape asChosenFor(PreparedSeed seed) {
    return withLanes(seed.lanes()).withPrefetch(seed.prefetch());
  }

  /** The same on other scratchpads. */
  public MiningShape withScratchpadPages(PagePolicy pages) {
    return new MiningShape(threads, lanes, prefetch, pages, cpus);
  }

  /**
   * The same on other threads.
   *
   * @param bound by thread, the processor; empty if they are not bound
   */
  public MiningShape withThreads(int count, List<Integer> bound) {
    return new MiningShape(count, lanes, prefetch, scratchpadPages, bound);
  }

  /** Whether each thread is bound to a processor. */
  public boolean isBound() {
    return !cpus.isEmpty();
  }

  /** The processor that a thread belongs to; empty if it belongs to none, or stands by. */
  public OptionalInt cpuOf(int thread) {
    return thread < cpus.size() ? OptionalInt.of(cpus.get(thread)) : OptionalInt.empty();
  }
}
