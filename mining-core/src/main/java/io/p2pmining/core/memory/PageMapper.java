package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.MappingCalls.MADV_HUGEPAGE;
import static io.p2pmining.core.memory.MappingCalls.MADV_NOHUGEPAGE;
import static io.p2pmining.core.memory.MappingCalls.MAP_ANONYMOUS;
import static io.p2pmining.core.memory.MappingCalls.MAP_NORESERVE;
import static io.p2pmining.core.memory.MappingCalls.MAP_PRIVATE;
import static io.p2pmining.core.memory.MappingCalls.NO_FILE;
import static io.p2pmining.core.memory.MappingCalls.PROT_NONE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Maps zeroed memory on the best pages that can be had. Whole huge pages come first and what is
 * left over goes to the next smaller kind, so that no size wastes memory: 2080 MiB may lie on two
 * pages of 1 GiB and sixteen of 2 MiB. All pages are present when it returns, so that a lack of
 * them shows now and not as a bus error later. Holds no state; any thread may use it.
 *
 * @param calls the system's functions
 * @param settings the directory of the kernel's settings, {@code /sys/kernel/mm}
 * @param available how much memory may be taken
 */
record PageMapper(MappingCalls calls, Path settings, Supplier<OptionalLong> available) {

  private static final Path SYSTEM_SETTINGS = Path.of("/sys/kernel/mm");

  /** How often another thread may map something just where this one wants to. */
  static final int MAX_TRIES = 8;

  /** How often another process may take the huge pages that were meant for this one. */
  private static final int MAX_POOL_TRIES = 3;

  static PageMapper of(MappingCalls calls) {
    return new PageMapper(calls, SYSTEM_SETTINGS, () -> AvailableMemory.ofThisMachine().bytes());
  }

  /**
   * Maps memory.
   *
   * @param bytes how much; the range may be longer by what whole pages need
   * @param node the NUMA node that the pages should come from, or {@link OffHeapMemory#ANY_NODE}
   * @throws SystemCallException if there is not enough; nothing stays mapped then
   */
  MappedRange map(long bytes, PagePolicy policy, int node) throws SystemCallException {
    List<MemoryPages> kinds =
        bestFirst(policy).stream().filter(pages -> offered(pages, bytes, policy)).toList();
    long pooled =
        kinds.stream()
            .filter(MemoryPages::pooled)
            .mapToLong(pages -> pool(pages).free() * pages.bytes())
            .sum();
    requireAvailable(bytes - pooled);
    for (int tries = 1; ; tries++) {
      try {
        return fill(new MappedRange(calls, findRoom(bytes, kinds), node), bytes, kinds, policy);
      } catch (SystemCallException e) {
        if (e.errorNumber() != SystemCallException.EEXIST || tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  private static List<MemoryPages> bestFirst(PagePolicy policy) {
    return switch (policy) {
      case AUTO, GIGANTIC ->
          List.of(
              MemoryPages.GIGANTIC,
              MemoryPages.HUGE,
              MemoryPages.TRANSPARENT_HUGE,
              MemoryPages.SMALL);
      case HUGE -> List.of(MemoryPages.HUGE, MemoryPages.TRANSPARENT_HUGE, MemoryPages.SMALL);
      case TRANSPARENT_HUGE -> List.of(MemoryPages.TRANSPARENT_HUGE, MemoryPages.SMALL);
      case SMALL -> List.of(MemoryPages.SMALL);
    };
  }

  /** Whether it makes sense to ask for pages of a kind. */
  private boolean offered(MemoryPages pages, long bytes, PagePolicy policy) {
    return switch (pages) {
      case GIGANTIC ->
          pages.worthwhileBytes(bytes) > 0
              && (policy == PagePolicy.GIGANTIC || pool(pages).free() > 0);
      case HUGE -> pages.worthwhileBytes(bytes) > 0;
      case TRANSPARENT_HUGE -> pages.worthwhileBytes(bytes) > 0 && transparentPagesOffered();
      case SMALL -> true;
    };
  }

  boolean transparentPagesOffered() {
    try {
      Path policy = settings.resolve("transparent_hugepage").resolve("enabled");
      return !Files.readString(policy).contains("[never]");
    } catch (IOException e) {
      return false; // A kernel without them has no such file.
    }
  }

  HugePagePool pool(MemoryPages pages) {
    return HugePagePool.of(settings.resolve("hugepages"), pages);
  }

  /** An address, aligned for the largest pages, with enough unused addresses behind it. */
  private long findRoom(long bytes, List<MemoryPages> kinds) throws SystemCallException {
    return findRoom(bytes, Math.max(kinds.getFirst().bytes(), calls.smallPageBytes()));
  }

  /** A so aligned address with enough unused addresses behind it. */
  long findRoom(long bytes, long alignment) throws SystemCallException {
    long length = roundUp(bytes, alignment) + alignment;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    long address = calls.map(0, length, PROT_NONE, flags, NO_FILE);
    calls.unmap(address, length);
    return roundUp(address, alignment);
  }

  private MappedRange fill(
      MappedRange range, long bytes, List<MemoryPages> kinds, PagePolicy policy)
      throws SystemCallException {
    boolean complete = false;
    try {
      for (MemoryPages pages : kinds) {
        long missing = bytes - range.length();
        long length =
            pages == MemoryPages.SMALL
                ? roundUp(Math.max(0, missing), calls.smallPageBytes())
                : pages.worthwhileBytes(missing);
        if (length > 0) {
          append(range, pages, length, policy);
        }
      }
      complete = true;
      return range;
    } finally {
      if (!complete) {
        range.unmap();
      }
    }
  }

  private void append(MappedRange range, MemoryPages pages, long length, PagePolicy policy)
      throws SystemCallException {
    switch (pages) {
      case GIGANTIC, HUGE -> appendFromPool(range, pages, length, policy);
      case TRANSPARENT_HUGE -> appendUsual(range, pages, length, MADV_HUGEPAGE);
      case SMALL -> {
        // Where transparent pages are the rule, small ones have to be asked for.
        boolean ask = policy == PagePolicy.SMALL && length >= MemoryPages.HUGE.bytes();
        int advice = ask && transparentPagesOffered() ? MADV_NOHUGEPAGE : MappedRange.NO_ADVICE;
        appendUsual(range, pages, length, advice);
      }
    }
  }

  private void appendUsual(MappedRange range, MemoryPages pages, long length, int advice)
      throws SystemCallException {
    requireAvailable(length);
    range.append(pages, length, advice);
  }

  /** Linux hands out more than it has and later kills whoever touches it, so this asks first. */
  void requireAvailable(long bytes) throws SystemCallException {
    OptionalLong memory = available.get();
    if (memory.isPresent() && memory.getAsLong() < bytes) {
      throw SystemCallException.shortOf(memory.getAsLong());
    }
  }

  /** Appends pages of the pool, or nothing if it has and gets not that many. */
  private void appendFromPool(MappedRange range, MemoryPages pages, long length, PagePolicy policy)
      throws SystemCallException {
    HugePagePool pool = pool(pages);
    // Forming gigantic pages takes seconds and often fails: only where they are asked for.
    boolean mayGrow = pages == MemoryPages.HUGE || policy == PagePolicy.GIGANTIC;
    boolean appended = false;
    for (int tries = 0; tries < MAX_POOL_TRIES && !appended; tries++) {
      boolean grow = pool.free() < length / pages.bytes();
      if (grow && (!mayGrow || available.get().orElse(Long.MAX_VALUE) < length)) {
        return;
      }
      long raised = grow ? pool.raiseFor(length / pages.bytes()) : 0;
      appended = tryPool(range, pages, length, () -> pool.lower(raised));
    }
  }

  /**
   * Appends pages of the pool if it has that many.
   *
   * @param mapped what is to be done once they are taken, or are not
   */
  private static boolean tryPool(MappedRange range, MemoryPages pages, long length, Runnable mapped)
      throws SystemCallException {
    try {
      try {
        range.appendFromPool(pages, length);
      } finally {
        mapped.run();
      }
      range.populateLast();
      return true;
    } catch (SystemCallException e) {
      if (e.errorNumber() == SystemCallException.EEXIST) {
        throw e;
      }
      return false;
    }
  }

  static long roundUp(long value, long multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
