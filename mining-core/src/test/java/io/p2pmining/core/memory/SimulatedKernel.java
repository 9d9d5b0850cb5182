package io.p2pmining.core.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Calls that give huge pages as Linux does, by the settings in a directory. */
final class SimulatedKernel extends SimulatedCalls {

  private static final int SIZE_MASK = 0x3f;

  private static final String LIMIT = "nr_overcommit_hugepages";
  private static final String SIZE = "nr_hugepages";
  private static final List<MemoryPages> POOLED = List.of(MemoryPages.HUGE, MemoryPages.GIGANTIC);

  private final Path settings;
  private boolean fixedLimit;

  /** How many gigantic pages exist before anything is mapped. */
  private long firstPoolSize;

  /** The highest limit of additional huge pages that was in force when memory was mapped. */
  long limitSeen;

  SimulatedKernel(Path settings, int failingCall, int errorNumber) {
    super(failingCall, errorNumber);
    this.settings = settings;
    write(settings.resolve("transparent_hugepage/enabled"), "always [madvise] never\n");
    for (MemoryPages pages : POOLED) {
      set(pages, "free_hugepages", 0);
      set(pages, "resv_hugepages", 0);
      set(pages, "surplus_hugepages", 0);
      set(pages, LIMIT, 0);
      set(pages, SIZE, 0);
    }
  }

  SimulatedKernel set(MemoryPages pages, String name, long value) {
    write(HugePagePool.of(settings.resolve("hugepages"), pages).directory().resolve(name), value);
    if (pages == MemoryPages.GIGANTIC && name.equals(SIZE)) {
      firstPoolSize = value;
    }
    return this;
  }

  long get(MemoryPages pages, String name) {
    try {
      Path pool = HugePagePool.of(settings.resolve("hugepages"), pages).directory();
      return Long.parseLong(Files.readString(pool.resolve(name)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SimulatedKernel transparentPages(String policy) {
    write(settings.resolve("transparent_hugepage/enabled"), policy);
    return this;
  }

  /** From now on the limit is as it is where this process may not change it. */
  void refuseWritesOfLimit() {
    fixedLimit = true;
    try {
      for (MemoryPages pages : POOLED) {
        Path pool = HugePagePool.of(settings.resolve("hugepages"), pages).directory();
        Files.delete(pool.resolve(limitName(pages)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String limitName(MemoryPages pages) {
    return pages == MemoryPages.HUGE ? LIMIT : SIZE;
  }

  private static void write(Path file, Object value) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, value + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long map(long address, long length, int protection, int flags, int descriptor)
      throws SystemCallException {
    if ((flags & MAP_HUGETLB) != 0) {
      long size = 1L << (flags >> MAP_HUGE_SHIFT & SIZE_MASK);
      MemoryPages pages =
          size == MemoryPages.HUGE.bytes() ? MemoryPages.HUGE : MemoryPages.GIGANTIC;
      long limit = fixedLimit ? 0 : get(pages, limitName(pages));
      limitSeen = Math.max(limitSeen, limit);
      long formed =
          pages == MemoryPages.HUGE
              ? limit - get(pages, "surplus_hugepages")
              : limit - firstPoolSize;
      if (pages == MemoryPages.GIGANTIC && formed > 0) {
        set(pages, "surplus_hugepages", 0); // A larger pool takes them in.
      }
      long obtainable =
          get(pages, "free_hugepages") - get(pages, "resv_hugepages") + Math.max(0, formed);
      if (obtainable * size < length) {
        throw SystemCallException.of("mmap", SystemCallException.ENOMEM);
      }
    }
    return super.map(address, length, protection, flags, descriptor);
  }
}
