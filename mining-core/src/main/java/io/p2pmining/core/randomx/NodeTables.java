package io.p2pmining.core.randomx;

import io.p2pmining.core.cpu.CpuSet;
import io.p2pmining.core.cpu.ThreadAffinity;
import io.p2pmining.core.memory.InsufficientMemoryException;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Copies of a dataset, each near a NUMA node: a read from the memory of another node takes half as
 * long again or more. The pages are asked for from the node and touched first by threads that run
 * on it, so that they come from there even where a container forbids the first. Closed by whoever
 * closes the original; never changes once made.
 *
 * @param copies by node, without the one that has the original
 */
record NodeTables(List<Copy> copies) implements AutoCloseable {

  /** A node's own dataset. */
  record Copy(int node, RandomXDataset dataset) {}

  /** The original alone. */
  static final NodeTables NONE = new NodeTables(List.of());

  /** More threads than that do not copy faster than the memory of a node takes it. */
  private static final int MAX_THREADS = 8;

  NodeTables {
    copies = List.copyOf(copies);
  }

  /**
   * Copies a dataset to all nodes but the first, which has it; or to none if memory is short of
   * that, which is logged.
   *
   * @param original stays open until this returns
   * @throws InterruptedException if the calling thread is interrupted; nothing stays allocated
   */
  static NodeTables of(RandomXDataset original, EngineSettings settings)
      throws InterruptedException {
    return of(settings, node -> original.copy(settings.pages(), node.number()));
  }

  /** Makes the copy of a node, on threads of that node. */
  @FunctionalInterface
  interface Copier {
    RandomXDataset copyTo(HashingNode node);
  }

  static NodeTables of(EngineSettings settings, Copier copier) throws InterruptedException {
    List<Copy> copies = new ArrayList<>();
    boolean complete = false;
    try {
      for (HashingNode node : settings.nodes().stream().skip(1).toList()) {
        copies.add(new Copy(node.number(), copy(node, copier)));
      }
      complete = true;
      return new NodeTables(copies);
    } catch (InsufficientMemoryException e) {
      System.getLogger(NodeTables.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "one dataset for all "
                  + settings.nodes().size()
                  + " NUMA nodes, which is slower than one for each: "
                  + e.getMessage());
      return NONE;
    } finally {
      if (!complete) {
        copies.forEach(copy -> copy.dataset().close());
      }
    }
  }

  /**
   * An interrupt takes effect when the copy is there, after a second at most, and is freed again.
   */
  private static RandomXDataset copy(HashingNode node, Copier copier) throws InterruptedException {
    int threads = Math.min(MAX_THREADS, node.cpus().size());
    // Streams that run in parallel stay within the pool of the thread that starts them.
    try (ForkJoinPool pool = new ForkJoinPool(threads, threadsOn(node), null, false)) {
      ForkJoinTask<RandomXDataset> copying = pool.submit(() -> copier.copyTo(node));
      copying.quietlyJoin();
      if (Thread.interrupted()) {
        if (copying.isCompletedNormally()) {
          copying.join().close();
        }
        throw new InterruptedException("while a dataset was copied");
      }
      return copying.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InsufficientMemoryException tooLittle) {
        throw tooLittle;
      }
      throw new IllegalStateException("copying the dataset failed", e.getCause());
    }
  }

  private static ForkJoinWorkerThreadFactory threadsOn(HashingNode node) {
    CpuSet cpus = CpuSet.of(node.cpus());
    return pool -> new NodeThread(pool, cpus);
  }

  /** Runs on some processors only, if the system lets it. */
  private static final class NodeThread extends ForkJoinWorkerThread {

    private final CpuSet cpus;

    NodeThread(ForkJoinPool pool, CpuSet cpus) {
      super(pool);
      this.cpus = cpus;
    }

    @Override
    protected void onStart() {
      super.onStart();
      boolean ignored = ThreadAffinity.pin(cpus);
    }
  }

  @Override
  public void close() {
    copies.forEach(copy -> copy.dataset().close());
  }
}
