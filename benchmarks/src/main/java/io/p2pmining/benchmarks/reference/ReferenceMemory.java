package io.p2pmining.benchmarks.reference;

import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.InitRun;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.Stopwatch;
import io.p2pmining.benchmarks.contender.Terms;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A cache of the reference implementation and, in full mode, a dataset. Used by one thread;
 * machines on any thread read it.
 */
final class ReferenceMemory implements AutoCloseable {

  private final ReferenceLibrary library;
  private final Set<ReferenceFlag> flags;
  private MemorySegment cache;
  private MemorySegment dataset = MemorySegment.NULL;
  private final boolean full;

  /** Allocates the cache. */
  ReferenceMemory(ReferenceLibrary library, Terms terms, Set<ReferenceFlag> flags) {
    this.library = library;
    this.flags = flags.isEmpty() ? Set.of() : EnumSet.copyOf(flags);
    full = terms.mode() == Mode.FULL;
    cache = library.allocCache(this.flags);
  }

  /** Fills cache and dataset with the key of the terms. */
  InitRun initialise(int threads) throws InterruptedException {
    Stopwatch all = new Stopwatch();
    library.initCache(cache, Terms.key());
    double cacheSeconds = all.clockSeconds();
    double datasetSeconds = 0;
    if (full) {
      Stopwatch stopwatch = new Stopwatch();
      fillDataset(threads);
      datasetSeconds = stopwatch.clockSeconds();
    }
    return new InitRun(cacheSeconds, datasetSeconds, all.processorSeconds());
  }

  private void fillDataset(int threads) throws InterruptedException {
    dataset = library.allocDataset(flags);
    long items = library.datasetItemCount();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Void>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        long first = items * i / threads;
        long end = items * (i + 1) / threads;
        parts.add(
            () -> {
              library.initDataset(dataset, cache, first, end - first);
              return null;
            });
      }
      for (Future<Void> part : executor.invokeAll(parts)) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new ContenderException("librandomx cannot fill a dataset", e);
    }
  }

  /** A new machine over this memory, to be destroyed before it. */
  MemorySegment newMachine() {
    Set<ReferenceFlag> machine = EnumSet.noneOf(ReferenceFlag.class);
    machine.addAll(flags);
    if (full) {
      machine.add(ReferenceFlag.FULL_MEM);
    }
    return library.createVm(machine, full ? MemorySegment.NULL : cache, dataset);
  }

  @Override
  public void close() {
    if (!cache.equals(MemorySegment.NULL)) {
      library.releaseCache(cache);
      cache = MemorySegment.NULL;
    }
    if (!dataset.equals(MemorySegment.NULL)) {
      library.releaseDataset(dataset);
      dataset = MemorySegment.NULL;
    }
  }
}
