package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel's pool of huge pages of one size: how many are free, and how many more it may form.
 * Other processes change it at any time, so that an answer is good for a try and no more.
 *
 * @param directory the pool's directory, {@code /sys/kernel/mm/hugepages/hugepages-…kB}
 */
record HugePagePool(Path directory) {

  private static final Path POOLS = Path.of("/sys/kernel/mm/hugepages");
  private static final String LIMIT = "nr_overcommit_hugepages";

  static HugePagePool of(MemoryPages pages) {
    return of(POOLS, pages);
  }

  static HugePagePool of(Path pools, MemoryPages pages) {
    return new HugePagePool(pools.resolve("hugepages-" + pages.bytes() / 1024 + "kB"));
  }

  /** How many pages can be taken that are in the pool and promised to nobody. */
  long free() {
    return Math.max(0, read("free_hugepages") - read("resv_hugepages"));
  }

  /**
   * Allows the kernel to form as many pages as are missing. Pages formed so belong to whoever maps
   * them and go back to the system when they are unmapped, also when the process dies; the limit
   * matters while memory is being mapped and is set back right after that. (Raising the size of the
   * pool instead would take the memory from all others for good should the process be killed.)
   *
   * @param pages how many are to be mapped
   * @return by how much the limit is higher now; 0 if nothing was missing or it cannot be raised
   */
  long raiseLimitFor(long pages) {
    long wanted = read("surplus_hugepages") + Math.max(0, pages - free());
    long limit = read(LIMIT);
    return wanted > limit && write(wanted) ? wanted - limit : 0;
  }

  /** Takes back what {@link #raiseLimitFor} did. */
  void lowerLimitBy(long pages) {
    if (pages > 0) {
      write(Math.max(0, read(LIMIT) - pages));
    }
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
    Path file = directory.resolve(LIMIT);
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
