package io.p2pmining.benchmarks.latency;

import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.Pinning;
import io.p2pmining.benchmarks.statistics.Spread;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Threads that chase through one memory at the same time, each on a processor of its own. */
final class ChaseThreads implements AutoCloseable {

  /** What a read moves. */
  static final int LINE_BYTES = 64;

  /** A measurement takes some 50 ms: long enough for the clock, short enough to be repeated. */
  private static final int STEPS = 400_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int WARM_UP_STEPS = 50_000;

  private final List<ExecutorService> threads;
  private final PointerChase chase;
  private long seed;
  private long sum;

  ChaseThreads(MemorySegment memory, int count) {
    chase = new PointerChase(memory);
    threads = IntStream.range(0, count).mapToObj(ChaseThreads::startThread).toList();
  }

  private static ExecutorService startThread(int number) {
    return Executors.newSingleThreadExecutor(
        work ->
            Thread.ofPlatform()
                .daemon()
                .unstarted(
                    () -> {
                      Pinning.pinCallingThread(number);
                      work.run();
                    }));
  }

  /**
   * The processor time between two reads of a chain: the median over the repeats, the mean over the
   * threads. Waiting for memory is part of it, waiting for a processor is not.
   */
  double nanosPerStep(int chains, int repeats) throws InterruptedException {
    measure(chains, WARM_UP_STEPS);
    List<Double> measured = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      measured.add(measure(chains, STEPS));
    }
    return Spread.of(measured).median();
  }

  private double measure(int chains, int steps) throws InterruptedException {
    List<Future<Double>> running = new ArrayList<>();
    for (ExecutorService thread : threads) {
      seed += PointerChase.MAX_CHAINS;
      running.add(thread.submit(timed(chains, steps, seed)));
    }
    double nanos = 0;
    for (Future<Double> result : running) {
      try {
        nanos += result.get();
      } catch (ExecutionException e) {
        throw new ContenderException("reading failed: " + e.getCause(), e);
      }
    }
    return nanos / running.size() / steps;
  }

  private Callable<Double> timed(int chains, int steps, long firstState) {
    return () -> {
      long begin = THREADS.getCurrentThreadCpuTime();
      long read = chase.chase(chains, steps, firstState);
      double nanos = THREADS.getCurrentThreadCpuTime() - begin;
      keep(read);
      return nanos;
    };
  }

  /** Makes what was read matter, so that the reading is not optimised away. */
  private synchronized void keep(long read) {
    sum += read;
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::close);
  }

  @Override
  public synchronized String toString() {
    return threads.size() + " threads, sum=" + sum;
  }
}
