package io.p2pmining.core.randomx;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * Computes a range of dataset items on several threads. Each takes the next chunk of the range
 * until none is left; a thread that fails leaves none to the others.
 */
final class DatasetFill {

  /** A chunk takes a thread some 20 ms, so that progress, interrupts and the end come smoothly. */
  private static final int CHUNK_ITEMS = 16_384;

  /** Items computed in lockstep; more hardly help (see docs/performance.md). */
  private static final int BATCH = 8;

  private final RandomXCache cache;
  private final int firstItem;
  private final int itemCount;
  private final int chunkCount;
  private final MemorySegment target;
  private final DoubleConsumer progress;
  private final AtomicInteger nextChunk = new AtomicInteger();
  private final AtomicInteger finishedChunks = new AtomicInteger();

  DatasetFill(RandomXCache cache, int firstItem, MemorySegment target, DoubleConsumer progress) {
    this.cache = cache;
    this.firstItem = firstItem;
    this.itemCount = Math.toIntExact(target.byteSize() / CacheParameters.ITEM_BYTES);
    this.chunkCount = Math.ceilDiv(itemCount, CHUNK_ITEMS);
    this.target = target;
    this.progress = progress;
  }

  /**
   * Computes the range; when this returns or throws, no thread writes any more.
   *
   * @throws InterruptedException if the calling thread is interrupted
   */
  void run(int threads) throws InterruptedException {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Future<Void> done :
          executor.invokeAll(Collections.<Callable<Void>>nCopies(threads, this::fillChunks))) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("computing the dataset failed", e.getCause());
    }
  }

  private Void fillChunks() throws InterruptedException {
    ItemComputer computer = new ItemComputer(cache);
    DatasetItem[] batch =
        Stream.generate(DatasetItem::new).limit(BATCH).toArray(DatasetItem[]::new);
    boolean complete = false;
    try {
      for (int chunk = nextChunk.getAndIncrement();
          chunk < chunkCount;
          chunk = nextChunk.getAndIncrement()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while computing the dataset");
        }
        fillChunk(computer, batch, chunk * CHUNK_ITEMS);
        progress.accept((double) finishedChunks.incrementAndGet() / chunkCount);
      }
      complete = true;
      return null;
    } finally {
      if (!complete) {
        nextChunk.set(chunkCount);
      }
    }
  }

  /** Computes a chunk whose first item is {@code start} items into the range. */
  private void fillChunk(ItemComputer computer, DatasetItem[] batch, int start) {
    int end = Math.min(start + CHUNK_ITEMS, itemCount);
    for (int next = start; next < end; next += BATCH) {
      int count = Math.min(BATCH, end - next);
      for (int i = 0; i < count; i++) {
        batch[i].begin(firstItem + next + i);
      }
      computer.compute(batch, count);
      for (int i = 0; i < count; i++) {
        batch[i].writeTo(target, (long) (next + i) * CacheParameters.ITEM_BYTES);
      }
    }
  }
}
