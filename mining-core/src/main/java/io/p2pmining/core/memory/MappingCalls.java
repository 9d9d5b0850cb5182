package io.p2pmining.core.memory;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of Linux that map memory, by their own conventions: addresses and lengths in bytes,
 * flags as in {@code <sys/mman.h>}. Any thread may call them.
 */
interface MappingCalls extends FileCalls {

  /** No access. */
  int PROT_NONE = 0;

  int PROT_READ = 1;

  /** Read and write. */
  int PROT_READ_WRITE = 1 | 2;

  /** Read and execute. */
  int PROT_READ_EXECUTE = 1 | 4;

  /** Everything at once. */
  int PROT_READ_WRITE_EXECUTE = 1 | 2 | 4;

  int MAP_SHARED = 0x1;
  int MAP_PRIVATE = 0x2;
  int MAP_ANONYMOUS = 0x20;
  int MAP_NORESERVE = 0x4000;
  int MAP_HUGETLB = 0x40000;
  int MAP_FIXED_NOREPLACE = 0x100000;

  /** Shift of the logarithm of the huge page's size within the flags of a mapping. */
  int MAP_HUGE_SHIFT = 26;

  int MADV_HUGEPAGE = 14;
  int MADV_NOHUGEPAGE = 15;
  int MADV_POPULATE_READ = 22;
  int MADV_POPULATE_WRITE = 23;

  /** Form huge pages of what is present now, whatever the kernel would do by itself; since 6.1. */
  int MADV_COLLAPSE = 25;

  /** No file under an anonymous mapping. */
  int NO_FILE = -1;

  /** Takes the place of the system's calls within a scope; bound by tests, to let calls fail. */
  ScopedValue<MappingCalls> SUBSTITUTE = ScopedValue.newInstance();

  /** The calls of this system, where it is one whose conventions are known. */
  static Optional<MappingCalls> ofThisSystem() {
    if (SUBSTITUTE.isBound()) {
      return Optional.of(SUBSTITUTE.get());
    }
    boolean linux = System.getProperty("os.name", "").equals("Linux");
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return linux && Set.of("amd64", "aarch64").contains(processor)
        ? Optional.of(new LinuxCalls())
        : Optional.empty();
  }

  /** The size of a small page in bytes. */
  long smallPageBytes();

  /** {@code mmap}; gives the address. */
  long map(long address, long length, int protection, int flags, int descriptor)
      throws SystemCallException;

  /** {@code munmap}; failing is a bug of the caller. */
  void unmap(long address, long length);

  /** {@code madvise}. */
  void advise(long address, long length, int advice) throws SystemCallException;

  /** {@code mprotect}. */
  void protect(long address, long length, int protection) throws SystemCallException;

  /**
   * {@code mbind} with {@code MPOL_PREFERRED}: pages come from this NUMA node while it has some.
   */
  void prefer(long address, long length, int node) throws SystemCallException;
}
