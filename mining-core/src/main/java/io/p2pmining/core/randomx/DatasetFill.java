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

/**
 * Computes a range of dataset items on several threads. Each takes the next chunk of the range
 * until none is left; a thread that fails leaves none to the others.
 */
final class DatasetFill {

  /**
   * A chunk takes a thread some milliseconds, so that progress, interrupts and the end come
   * smoothly.
   */
  private static final int CHUNK_ITEMS = 16_384;

  private final ItemSource source;
  private final int firstItem;
  private final int itemCount;
  private final int chunkCount;
  private final MemorySegment target;
  private final DoubleConsumer progress;
  private final AtomicInteger nextChunk = new AtomicInteger();
  private final AtomicInteger finishedChunks = new AtomicInteger();

  /**
   * A range that is still to be computed.
   *
   * @param firstItem the number of the first item
   * @param target receives as many items as fit
   * @param progress told the finished part, from 0 to 1, by any thread
   */
  DatasetFill(ItemSource source, int firstItem, MemorySegment target, DoubleConsumer progress) {
    this.source = source;
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
    ItemRanges ranges = source.forThread();
    boolean complete = false;
    try {
      for (int chunk = nextChunk.getAndIncrement();
          chunk < chunkCount;
          chunk = nextChunk.getAndIncrement()) {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while computing the dataset");
        }
        fillChunk(ranges, chunk * CHUNK_ITEMS);
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
  private void fillChunk(ItemRanges ranges, int start) {
    int count = Math.min(CHUNK_ITEMS, itemCount - start);
    ranges.compute(
        firstItem + start,
        target.asSlice(
            (long) start * CacheParameters.ITEM_BYTES, (long) count * CacheParameters.ITEM_BYTES));
  }
}
