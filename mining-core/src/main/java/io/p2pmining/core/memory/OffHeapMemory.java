package io.p2pmining.core.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A block of memory outside the Java heap, zeroed at first, that any thread may use until it is
 * closed; later access through the segment throws {@link IllegalStateException}, through its
 * address it is the end of the process. Freed by {@link #close} alone, never by the garbage
 * collector. Starts at a page, so that every kind of data is aligned; all of its pages are present
 * from the start.
 */
public final class OffHeapMemory implements AutoCloseable {

  /** No particular NUMA node. */
  public static final int ANY_NODE = -1;

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
   * Allocates memory on the best pages that can be had.
   *
   * @param purpose what it is for, in the words of an error message
   * @throws InsufficientMemoryException if the machine or the process has not that much left
   */
  public static OffHeapMemory allocate(long bytes, String purpose) {
    return allocate(bytes, purpose, PagePolicy.AUTO, ANY_NODE);
  }

  /**
   * Allocates memory on pages of a kind, or the next smaller kind that can be had; {@link #pages}
   * says which it is.
   *
   * @param purpose what it is for, in the words of an error message
   * @throws InsufficientMemoryException if the machine or the process has not that much left
   */
  public static OffHeapMemory allocate(long bytes, String purpose, PagePolicy policy) {
    return allocate(bytes, purpose, policy, ANY_NODE);
  }

  /**
   * Allocates memory on pages of a kind, near some processors.
   *
   * @param purpose what it is for, in the words of an error message
   * @param node the number of the NUMA node to take it from while that has some, or {@link
   *     #ANY_NODE}
   * @throws InsufficientMemoryException if the machine or the process has not that much left
   */
  public static OffHeapMemory allocate(long bytes, String purpose, PagePolicy policy, int node) {
    Optional<PageMapper> mapper = MappingCalls.ofThisSystem().map(PageMapper::of);
    return mapper.isPresent()
        ? map(mapper.get(), bytes, purpose, policy, node)
        : allocateUnmapped(bytes, purpose);
  }

  @SuppressWarnings("MustBeClosedChecker") // The arena lives on in the result.
  static OffHeapMemory map(
      PageMapper mapper, long bytes, String purpose, PagePolicy policy, int node) {
    requirePositive(bytes);
    MappedRange range;
    try {
      range = mapper.map(bytes, policy, node);
    } catch (SystemCallException e) {
      throw new InsufficientMemoryException(purpose, bytes, e.reason());
    }
    Arena arena = Arena.ofShared();
    MemorySegment segment =
        MemorySegment.ofAddress(range.address()).reinterpret(bytes, arena, closed -> range.unmap());
    return new OffHeapMemory(arena, segment, range.pages());
  }

  /**
   * Memory for reading only, which other processes may see too.
   *
   * @param pages its kind; transparent huge ones are counted when asked for
   * @param free run once when it is closed
   */
  @SuppressWarnings("MustBeClosedChecker") // The arena lives on in the result.
  static OffHeapMemory shared(long address, long bytes, MemoryPages pages, Runnable free) {
    Arena arena = Arena.ofShared();
    MemorySegment segment =
        MemorySegment.ofAddress(address).reinterpret(bytes, arena, closed -> free.run());
    return new OffHeapMemory(arena, segment.asReadOnly(), pages);
  }

  /** For systems whose ways of mapping memory are not known here. */
  @SuppressWarnings("MustBeClosedChecker") // The arena lives on in the result.
  static OffHeapMemory allocateUnmapped(long bytes, String purpose) {
    requirePositive(bytes);
    Arena arena = Arena.ofShared();
    try {
      MemorySegment segment = arena.allocate(bytes, CACHE_LINE_BYTES);
      return new OffHeapMemory(arena, segment, MemoryPages.SMALL);
    } catch (OutOfMemoryError e) {
      arena.close();
      throw new InsufficientMemoryException(purpose, bytes, "the system refused it");
    }
  }

  private static void requirePositive(long bytes) {
    if (bytes <= 0) {
      throw new IllegalArgumentException("bytes=" + bytes + ", must be positive");
    }
  }

  /** All of the memory. */
  public MemorySegment segment() {
    return segment;
  }

  /**
   * The kind of pages under most of it. Transparent huge pages are the kernel's to form and to
   * split, so it is asked where they were wanted.
   */
  public MemoryPages pages() {
    return pages == MemoryPages.TRANSPARENT_HUGE && arena.scope().isAlive()
        ? ResidentPages.of(segment.address(), segment.byteSize()).kind()
        : pages;
  }

  /** Frees the memory. Does nothing when it is free already. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
