package io.p2pmining.benchmarks.contender;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Threads of this process that hash, each on a processor of its own, and rest between the runs.
 * Used by one thread.
 */
public final class HashingThreads implements AutoCloseable {

  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private static final double NANOS_PER_SECOND = 1e9;

  /** Nonces of a thread; no run is long enough for more. */
  private static final int NONCES_PER_THREAD = 1 << 24;

  private final List<Worker> workers = new ArrayList<>();
  private int nextNonce;

  private record Worker(ExecutorService thread, HashLoop loop) {}

  private record ThreadRun(long hashes, long nanos, long processorNanos, long allocatedBytes) {

    double perSecond() {
      return hashes * NANOS_PER_SECOND / nanos;
    }

    double perProcessorSecond() {
      return hashes * NANOS_PER_SECOND / Math.max(1, processorNanos);
    }
  }

  private HashingThreads() {}

  /**
   * Starts threads.
   *
   * @param loops gives each thread, when called by it, what it hashes with
   */
  public static HashingThreads start(int count, Supplier<HashLoop> loops)
      throws InterruptedException {
    HashingThreads threads = new HashingThreads();
    boolean complete = false;
    try {
      for (int i = 0; i < count; i++) {
        threads.add(i, loops);
      }
      complete = true;
      return threads;
    } finally {
      if (!complete) {
        threads.close();
      }
    }
  }

  private void add(int number, Supplier<HashLoop> loops) throws InterruptedException {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("hash-" + number).daemon().factory());
    boolean complete = false;
    try {
      Future<HashLoop> loop =
          thread.submit(
              () -> {
                Pinning.pinCallingThread(number);
                return loops.get();
              });
      workers.add(new Worker(thread, await(loop)));
      complete = true;
    } finally {
      if (!complete) {
        thread.shutdown();
      }
    }
  }

  /** Lets all threads hash for about so long. */
  public HashRun hashFor(double seconds) throws InterruptedException {
    long nanos = (long) (seconds * NANOS_PER_SECOND);
    List<Future<ThreadRun>> runs = new ArrayList<>();
    for (Worker worker : workers) {
      int firstNonce = nextNonce;
      nextNonce += NONCES_PER_THREAD;
      runs.add(worker.thread.submit(measured(worker.loop, nanos, firstNonce)));
    }
    HashRun sum = new HashRun(0, 0, 0, 0, 0);
    for (Future<ThreadRun> run : runs) {
      sum = add(sum, await(run));
    }
    return sum;
  }

  private static HashRun add(HashRun sum, ThreadRun run) {
    return new HashRun(
        sum.hashes() + run.hashes,
        Math.max(sum.seconds(), run.nanos / NANOS_PER_SECOND),
        sum.hashesPerSecond() + run.perSecond(),
        sum.hashesPerProcessorSecond() + run.perProcessorSecond(),
        sum.allocatedBytes() + run.allocatedBytes);
  }

  private static Callable<ThreadRun> measured(HashLoop loop, long nanos, int firstNonce) {
    return () -> {
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long processor = THREADS.getCurrentThreadCpuTime();
      long clock = System.nanoTime();
      long hashes = loop.hashFor(nanos, firstNonce);
      long nanosTaken = System.nanoTime() - clock;
      long processorTaken = THREADS.getCurrentThreadCpuTime() - processor;
      long bytesTaken = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      return new ThreadRun(hashes, nanosTaken, processorTaken, bytesTaken);
    };
  }

  /** Computes one hash on the first thread. */
  public byte[] hash(byte[] input) throws InterruptedException {
    Worker first = workers.getFirst();
    return await(first.thread.submit(() -> first.loop.hash(input)));
  }

  private static <T> T await(Future<T> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new ContenderException("a hashing thread failed: " + e.getCause(), e);
    }
  }

  /** Closes what the threads hash with and ends them. */
  @Override
  public void close() {
    for (Worker worker : workers) {
      worker.thread.submit(worker.loop::close);
      worker.thread.close();
    }
    workers.clear();
  }
}
