package io.p2pmining.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/**
 * A block of zeroed memory outside the Java heap that any thread may use until it is closed; later
 * access throws {@link IllegalStateException}. Freed by {@link #close} alone, never by the garbage
 * collector.
 */
public final class OffHeapMemory implements AutoCloseable {

  /** The length of a cache line on all processors of interest, in bytes. */
  private static final long CACHE_LINE_BYTES = 64;

  private final Arena arena;
  private final MemorySegment segment;
  private final MemoryPages pages;

  private OffHeapMemory(Arena arena, MemorySegment segment, MemoryPages pages) {
    this.arena = arena;
    this.segment = segment;
    this.pages = pages;
  }

  /**
   * Allocates memory that starts at a cache line.
   *
   * @param purpose what it is for, in the words of an error message
   * @throws InsufficientMemoryException if the machine or the process has not that much left
   */
  @SuppressWarnings("MustBeClosedChecker") // The arena lives on in the result.
  public static OffHeapMemory allocate(long bytes, String purpose) {
    // Linux hands out more than it has and later kills whoever touches it, so ask first.
    OptionalLong available = AvailableMemory.ofThisMachine().bytes();
    if (available.isPresent() && available.getAsLong() < bytes) {
      throw new InsufficientMemoryException(
          purpose, bytes, (available.getAsLong() >> 20) + " MiB are available");
    }
    MemoryPages pages = MemoryPages.ofNewMemory();
    Arena arena = Arena.ofShared();
    try {
      return new OffHeapMemory(arena, arena.allocate(bytes, CACHE_LINE_BYTES), pages);
    } catch (OutOfMemoryError e) {
      arena.close();
      throw new InsufficientMemoryException(purpose, bytes, "the system refused it");
    }
  }

  /** All of the memory. */
  public MemorySegment segment() {
    return segment;
  }

  /** The kind of pages under it. */
  public MemoryPages pages() {
    return pages;
  }

  /** Frees the memory. Does nothing when it is free already. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
