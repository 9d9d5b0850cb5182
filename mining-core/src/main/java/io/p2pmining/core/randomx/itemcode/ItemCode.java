package io.p2pmining.core.randomx.itemcode;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Machine code that computes consecutive dataset items from the cache of one key (specification,
 * section 7.3). Any thread may use it until its owner closes it; later calls are the end of the
 * process.
 */
public final class ItemCode implements AutoCloseable {

  private final ItemCodeKind kind;
  private final int batchItems;
  private final ExecutableMemory memory;

  private ItemCode(ItemCodeKind kind, int batchItems, ExecutableMemory memory) {
    this.kind = kind;
    this.batchItems = batchItems;
    this.memory = memory;
  }

  /**
   * Generates the code.
   *
   * @param programs the superscalar programs of the key
   * @param kind one that this processor can execute
   * @throws io.p2pmining.core.memory.CodeMemoryException if this system gives no memory for code
   */
  public static ItemCode generate(List<SuperscalarProgram> programs, ItemCodeKind kind) {
    BatchCode batch = new BatchCode(programs, kind);
    byte[] code = batch.assemble();
    ExecutableMemory memory = ExecutableMemory.allocate(code.length, "RandomX dataset items");
    memory.beginWriting();
    MemorySegment.copy(code, 0, memory.writable(), JAVA_BYTE, 0, code.length);
    memory.endWriting();
    return new ItemCode(kind, batch.itemCount(), memory);
  }

  /**
   * Generates code of each kind, lets each compute some items, and keeps the fastest.
   *
   * @param programs the superscalar programs of the key
   * @param kinds those to try, at least one, all of which this processor can execute
   * @param cache the address of the cache
   * @throws io.p2pmining.core.memory.CodeMemoryException if this system gives no memory for code
   */
  public static ItemCode fastest(
      List<SuperscalarProgram> programs, List<ItemCodeKind> kinds, long cache) {
    return new ItemCodeTrial(cache, System::nanoTime).fastest(programs, kinds);
  }

  /** How it computes. */
  public ItemCodeKind kind() {
    return kind;
  }

  /**
   * Computes items.
   *
   * @param cache the address of the cache; it stays open until this returns
   * @param firstItem the number of the first item
   * @param target receives as many items as fit; fastest off the heap, at the beginning of a cache
   *     line
   */
  public void compute(long cache, int firstItem, MemorySegment target) {
    int count = Math.toIntExact(target.byteSize() / CacheParameters.ITEM_BYTES);
    boolean direct = target.isNative() && target.address() % CacheParameters.ITEM_BYTES == 0;
    int done = direct ? count - count % batchItems : 0;
    if (done > 0) {
      call(cache, firstItem, target.address(), done / batchItems);
    }
    if (done < count) {
      computeAside(cache, firstItem + done, target.asSlice(bytes(done), bytes(count - done)));
    }
  }

  /** Computes whole batches and copies what was asked for. */
  private void computeAside(long cache, int firstItem, MemorySegment target) {
    int batches = Math.ceilDiv((int) (target.byteSize() / CacheParameters.ITEM_BYTES), batchItems);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment items = arena.allocate(bytes(batches * batchItems), CacheParameters.ITEM_BYTES);
      call(cache, firstItem, items.address(), batches);
      target.copyFrom(items.asSlice(0, target.byteSize()));
    }
  }

  private void call(long cache, int firstItem, long target, int batches) {
    NativeCall.call(entry(), cache, target, firstItem, batches);
  }

  /** The address of the function that {@link BatchCode} describes. */
  long entry() {
    return memory.entry(0);
  }

  private static long bytes(int items) {
    return (long) items * CacheParameters.ITEM_BYTES;
  }

  /** Frees the code. */
  @Override
  public void close() {
    memory.close();
  }
}
