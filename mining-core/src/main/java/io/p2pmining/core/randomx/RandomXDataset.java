package io.p2pmining.core.randomx;

import io.p2pmining.core.memory.MemoryPages;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.SharedTables;
import io.p2pmining.core.memory.TableContent;
import io.p2pmining.core.memory.TableRequest;
import io.p2pmining.core.pow.EngineSettings;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleConsumer;

/**
 * All items of a cache, computed in advance: 2080 MiB off the heap (specification, section 7).
 * Never changes once created; any thread may use it until its owner closes it. It does not need the
 * cache any more.
 */
public final class RandomXDataset implements AutoCloseable {

  /** The size of the dataset in bytes. */
  public static final long BYTES =
      (long) CacheParameters.DATASET_ITEMS * CacheParameters.ITEM_BYTES;

  private final OffHeapMemory memory;

  private RandomXDataset(OffHeapMemory memory) {
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
            settings.pages());
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
