package io.p2pmining.cli.bench;

import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ThreadAffinity;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Hashes XMRig's benchmark blob on some threads until a limit is reached. Run once, by one thread;
 * {@link #stop()} may be called by any.
 */
final class Benchmark {

  private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(100);

  private final PreparedSeed seed;
  private final EngineSettings settings;
  private final int threads;
  private final List<Integer> cpus;
  private final BenchmarkLimit limit;
  private final NonceCounter nonces;
  private final LongAdder hashes = new LongAdder();
  private final AtomicInteger boundThreads = new AtomicInteger();
  private volatile boolean stopped;

  /**
   * A benchmark that has not begun.
   *
   * @param settings of that seed
   * @param cpus by thread, the processor that it is bound to; empty if threads are not bound
   */
  Benchmark(
      PreparedSeed seed,
      EngineSettings settings,
      int threads,
      List<Integer> cpus,
      BenchmarkLimit limit) {
    this.seed = seed;
    this.settings = settings;
    this.threads = threads;
    this.cpus = List.copyOf(cpus);
    this.limit = limit;
    this.nonces = new NonceCounter(limit.nonceEnd());
  }

  /** Makes {@link #run} return soon with what was reached. */
  void stop() {
    stopped = true;
  }

  /** Hashes until the limit; tells {@code progress} now and then, on the calling thread. */
  BenchmarkResult run(BenchmarkProgress progress) throws InterruptedException {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      try {
        return measure(pool, progress);
      } finally {
        stop();
      }
    }
  }

  private BenchmarkResult measure(ExecutorService pool, BenchmarkProgress progress)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Future<Long>> checksums = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int index = thread;
      checksums.add(pool.submit(() -> hashOn(index)));
    }
    long checksum = 0;
    for (Future<Long> part : checksums) {
      checksum ^= await(part, start, progress);
    }
    return new BenchmarkResult(hashes.sum(), since(start), checksum, boundCpus());
  }

  private long await(Future<Long> part, long start, BenchmarkProgress progress)
      throws InterruptedException {
    while (true) {
      try {
        return part.get(PROGRESS_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillHashing) {
        Duration elapsed = since(start);
        progress.hashing(limit.finished(hashes.sum(), elapsed), hashes.sum(), elapsed);
        stopped |=
            limit instanceof BenchmarkLimit.Time(Duration end) && elapsed.compareTo(end) >= 0;
      } catch (ExecutionException e) {
        throw new IllegalStateException("a hashing thread failed", e.getCause());
      }
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Where the threads ran; empty if some could not be bound or none was to be. */
  private CpuSet boundCpus() {
    return boundThreads.get() == threads ? CpuSet.of(cpus) : CpuSet.NONE;
  }

  private PipelineShape shape(int thread) {
    int node = cpus.isEmpty() ? PipelineShape.ANY_NODE : settings.nodeOf(cpus.get(thread));
    return PipelineShape.AUTO.near(node);
  }

  /** The work of one thread; returns its part of the checksum. */
  private long hashOn(int thread) {
    if (!cpus.isEmpty() && ThreadAffinity.pin(CpuSet.of(cpus.get(thread)))) {
      boundThreads.incrementAndGet();
    }
    try (HashPipeline pipeline = seed.newPipeline(shape(thread))) {
      BenchmarkLanes lanes =
          new BenchmarkLanes(pipeline, new NoncePieces(nonces, System::nanoTime));
      if (lanes.begin()) {
        int counted;
        do {
          counted = stopped ? 0 : lanes.next();
          hashes.add(counted);
        } while (counted > 0);
        hashes.add(lanes.finish());
      }
      return lanes.checksum();
    }
  }
}
