package io.p2pmining.core.miner;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.EngineSettings;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * How a {@link Miner} works.
 *
 * @param threads mining threads, at least 1
 * @param niceness how far the threads step back for other processes, 0 (not at all) to 19; Linux
 *     only
 * @param availableMemoryBytes how much memory this process may still take; asked before a seed is
 *     prepared, from any thread
 * @param memoryReserveBytes how much of that must stay free for others, at least 0; asked likewise
 * @param engine how hashes are computed
 * @param cpus by thread, the number of the processor it belongs to; empty if threads are not bound
 * @param threadSetup run by each mining thread at its start; it is what binds threads to {@code
 *     cpus}
 * @param spareThreads how many more threads stand by for a {@link MiningShape} that has use for
 *     them
 */
public record MinerSettings(
    int threads,
    int niceness,
    LongSupplier availableMemoryBytes,
    LongSupplier memoryReserveBytes,
    EngineSettings engine,
    List<Integer> cpus,
    ThreadSetup threadSetup,
    int spareThreads) {

  /** The lowest priority there is. */
  public static final int MAX_NICENESS = 19;

  public MinerSettings {
    cpus = List.copyOf(cpus);
    MiningShape checked =
        new MiningShape(threads, engine.lanes(), engine.prefetch(), PagePolicy.AUTO, cpus);
    if (niceness < 0 || niceness > MAX_NICENESS) {
      throw new IllegalArgumentException("niceness=" + niceness + ", must be 0 to " + MAX_NICENESS);
    }
    if (spareThreads < 0) {
      throw new IllegalArgumentException("spareThreads=" + spareThreads + " of " + checked);
    }
  }

  /** Threads that are not bound to processors, on the best engine. */
  public MinerSettings(
      int threads, int niceness, LongSupplier availableMemoryBytes, long memoryReserveBytes) {
    this(
        threads,
        niceness,
        availableMemoryBytes,
        () -> memoryReserveBytes,
        EngineSettings.AUTO,
        List.of(),
        ThreadSetup.NONE,
        0);
  }

  /** Threads at normal priority on a machine whose memory nobody counts. */
  public static MinerSettings ofThreads(int threads) {
    return new MinerSettings(threads, 0, () -> Long.MAX_VALUE, 0);
  }

  /** The same on another engine. */
  public MinerSettings withEngine(EngineSettings settings) {
    return new MinerSettings(
        threads,
        niceness,
        availableMemoryBytes,
        memoryReserveBytes,
        settings,
        cpus,
        threadSetup,
        spareThreads);
  }

  /**
   * The same with threads that belong to processors.
   *
   * @param cpus by thread; empty if they belong to none
   * @param setup binds each thread
   */
  public MinerSettings withCpus(List<Integer> cpus, ThreadSetup setup) {
    return new MinerSettings(
        threads,
        niceness,
        availableMemoryBytes,
        memoryReserveBytes,
        engine,
        cpus,
        setup,
        spareThreads);
  }

  /** The same with so many threads standing by. */
  public MinerSettings withSpareThreads(int count) {
    return new MinerSettings(
        threads,
        niceness,
        availableMemoryBytes,
        memoryReserveBytes,
        engine,
        cpus,
        threadSetup,
        count);
  }

  /**
   * How many threads prepare a seed that tasks wait for: those that mine, or more where other
   * processes wait for the same and leave their processors to this one.
   */
  public int preparingThreads() {
    return Math.max(threads, engine.sharing().threads());
  }

  /** The processor that a thread belongs to; empty if it belongs to none. */
  public OptionalInt cpuOf(int thread) {
    return shape().cpuOf(thread);
  }

  /** All threads, those included that stand by. */
  public int allThreads() {
    return threads + spareThreads;
  }

  /** How the threads hash unless the miner is told otherwise. */
  public MiningShape shape() {
    return new MiningShape(threads, engine.lanes(), engine.prefetch(), PagePolicy.AUTO, cpus);
  }
}
