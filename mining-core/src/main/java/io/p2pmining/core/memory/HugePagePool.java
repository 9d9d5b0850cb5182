package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel's pool of huge pages of one size: how many are free, and how many more it may form.
 * Other processes change it at any time, so that an answer is good for a try and no more.
 *
 * <p>Pages that are formed for the moment of mapping memory belong to whoever maps them and go back
 * to the system when they are unmapped, also when the process dies. (Leaving the pool larger would
 * take that memory from everybody else until someone thinks of it.) For pages of 2 MiB a limit is
 * raised, which costs nothing should the process be killed just then. Pages of 1 GiB have no such
 * limit: the pool itself is made larger, and smaller again as soon as they are mapped.
 *
 * @param directory the pool's directory, {@code /sys/kernel/mm/hugepages/hugepages-…kB}
 * @param pages {@link MemoryPages#HUGE} or {@link MemoryPages#GIGANTIC}
 */
record HugePagePool(Path directory, MemoryPages pages) {

  private static final String SIZE = "nr_hugepages";
  private static final String OVERCOMMIT_LIMIT = "nr_overcommit_hugepages";
  private static final String SURPLUS = "surplus_hugepages";

  static HugePagePool of(Path pools, MemoryPages pages) {
    return new HugePagePool(pools.resolve("hugepages-" + pages.bytes() / 1024 + "kB"), pages);
  }

  /** How many pages can be taken that are in the pool and promised to nobody. */
  long free() {
    return Math.max(0, read("free_hugepages") - read("resv_hugepages"));
  }

  /**
   * Lets the kernel form as many pages as are missing. Forming pages of 1 GiB takes seconds.
   *
   * @param count how many are to be mapped
   * @return what {@link #lower} has to be given; 0 if nothing was missing or may be changed
   */
  long raiseFor(long count) {
    long missing = Math.max(0, count - free());
    long limit = limit();
    // A larger pool takes in the surplus pages that others use before any are formed.
    long wanted = missing + read(pages == MemoryPages.HUGE ? SURPLUS : SIZE);
    return missing > 0 && wanted > limit && write(wanted) ? wanted - limit : 0;
  }

  /** Takes back what {@link #raiseFor} did; pages in use stay until they are unmapped. */
  void lower(long raised) {
    if (raised > 0) {
      write(Math.max(0, limit() - raised));
    }
  }

  private long limit() {
    return pages == MemoryPages.HUGE ? read(OVERCOMMIT_LIMIT) : read(SIZE) - read(SURPLUS);
  }

  private long read(String name) {
    try {
      return Long.parseLong(Files.readString(directory.resolve(name)).strip());
    } catch (IOException | NumberFormatException e) {
      return 0; // No such pool: nothing is free.
    }
  }

  /** False without the right to do so, which is the usual case of everyone but root. */
  private boolean write(long limit) {
    Path file = directory.resolve(pages == MemoryPages.HUGE ? OVERCOMMIT_LIMIT : SIZE);
    if (!Files.isWritable(file)) {
      return false;
    }
    try {
      Files.writeString(file, Long.toString(limit));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
