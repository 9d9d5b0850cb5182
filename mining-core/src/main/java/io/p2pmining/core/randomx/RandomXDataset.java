package io.p2pmining.core.randomx;

import io.p2pmining.core.memory.MemoryPages;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.memory.SharedTables;
import io.p2pmining.core.memory.TableContent;
import io.p2pmining.core.memory.TableRequest;
import io.p2pmining.core.pow.EngineSettings;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleConsumer;
import java.util.stream.LongStream;

/**
 * All items of a cache, computed in advance: 2080 MiB off the heap (specification, section 7).
 * Never changes once created; any thread may use it until its owner closes it. It does not need the
 * cache any more.
 */
public final class RandomXDataset implements AutoCloseable {

  /** The size of the dataset in bytes. */
  public static final long BYTES =
      (long) CacheParameters.DATASET_ITEMS * CacheParameters.ITEM_BYTES;

  /** Some milliseconds of a thread; the last part is shorter. */
  private static final long COPIED_BYTES = 32L << 20;

  private final OffHeapMemory memory;

  /** A dataset that owns memory with all items. */
  RandomXDataset(OffHeapMemory memory) {
    this.memory = memory;
  }

  /**
   * Computes all items, in some 12 seconds divided by the threads, or a minute in Java; or takes
   * those of another process, if the settings say so, waiting for one that computes them.
   *
   * @param cache stays open until this returns
   * @param threads how many threads compute
   * @param progress told the finished part, from 0 to 1, by any thread
   * @param settings whether machine code computes them, with which instructions, the pages, and who
   *     shares them
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for it
   * @throws io.p2pmining.core.memory.CodeMemoryException if the compiler is required and there is
   *     no memory for its code
   * @throws IllegalStateException if it is required and there is none for this processor
   * @throws io.p2pmining.core.memory.SharedMemoryException if they must be shared and cannot be
   * @throws InterruptedException if the calling thread is interrupted; the memory is free again
   */
  public static RandomXDataset create(
      RandomXCache cache, int threads, DoubleConsumer progress, EngineSettings settings)
      throws InterruptedException {
    TableRequest request =
        new TableRequest(
            SeedTables.dataset(cache.parameters(), cache.key()),
            "the RandomX dataset",
            settings.pages(),
            settings.firstNode());
    TableContent content =
        new TableContent() {
          @Override
          public void fill(MemorySegment table) throws InterruptedException {
            try (ItemSource source = ItemSource.of(cache, settings)) {
              new DatasetFill(source, 0, table, progress).run(threads);
            }
          }

          @Override
          public boolean accepts(MemorySegment table) {
            return new ItemSample(cache).agreesWith(table);
          }
        };
    return new RandomXDataset(SharedTables.of(settings.sharing()).obtain(request, content));
  }

  /**
   * A dataset with the same items in memory near some processors. The threads of a parallel stream
   * do the work.
   *
   * @param node the number of the NUMA node to take memory from while that has some
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for it
   */
  RandomXDataset copy(PagePolicy pages, int node) {
    long bytes = memory.segment().byteSize();
    OffHeapMemory copy =
        OffHeapMemory.allocate(bytes, "a copy of the RandomX dataset for a node", pages, node);
    boolean complete = false;
    try {
      LongStream.range(0, Math.ceilDiv(bytes, COPIED_BYTES))
          .parallel()
          .forEach(part -> copyPart(copy.segment(), part * COPIED_BYTES));
      complete = true;
      return new RandomXDataset(copy);
    } finally {
      if (!complete) {
        copy.close();
      }
    }
  }

  private void copyPart(MemorySegment target, long offset) {
    long bytes = Math.min(COPIED_BYTES, target.byteSize() - offset);
    MemorySegment.copy(memory.segment(), offset, target, offset, bytes);
  }

  /** The kind of pages under the dataset. */
  public MemoryPages pages() {
    return memory.pages();
  }

  /** A view for one thread (full mode). */
  public DatasetItems items() {
    return new StoredItems(memory.segment());
  }

  /** The address of item 0; valid until this is closed. */
  public long address() {
    return memory.segment().address();
  }

  /** Frees the memory. Whoever still reads items gets an {@link IllegalStateException}. */
  @Override
  public void close() {
    memory.close();
  }
}
