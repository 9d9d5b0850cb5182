package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.MappingCalls.MAP_ANONYMOUS;
import static io.p2pmining.core.memory.MappingCalls.MAP_FIXED_NOREPLACE;
import static io.p2pmining.core.memory.MappingCalls.MAP_HUGETLB;
import static io.p2pmining.core.memory.MappingCalls.MAP_HUGE_SHIFT;
import static io.p2pmining.core.memory.MappingCalls.MAP_PRIVATE;
import static io.p2pmining.core.memory.MappingCalls.NO_FILE;
import static io.p2pmining.core.memory.MappingCalls.PROT_READ_WRITE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Mappings of zeroed memory that follow each other without a gap, on pages of one or several kinds.
 * All of its pages are present. Filled by the thread that creates it and unchanged afterwards.
 */
final class MappedRange {

  /** Leave it to the system what becomes of the pages. */
  static final int NO_ADVICE = -1;

  /** Neighbouring pages of one kind; address and length in bytes. */
  record Run(MemoryPages pages, long address, long length) {}

  private final MappingCalls calls;
  private final long address;
  private final int node;
  private final List<Run> runs = new ArrayList<>();
  private long length;

  /**
   * An empty range.
   *
   * @param address where it is to start; nothing may be mapped there
   * @param node the NUMA node that its pages should come from, or {@link OffHeapMemory#ANY_NODE}
   */
  MappedRange(MappingCalls calls, long address, int node) {
    this.calls = calls;
    this.address = address;
    this.node = node;
  }

  long address() {
    return address;
  }

  /** How many bytes are mapped. */
  long length() {
    return length;
  }

  /** The kind of pages under most of it. */
  MemoryPages pages() {
    return runs.stream().max(Comparator.comparingLong(Run::length)).orElseThrow().pages();
  }

  List<Run> runs() {
    return List.copyOf(runs);
  }

  /** Appends small pages, or transparent ones if that is advised. */
  void append(MemoryPages pages, long bytes, int advice) throws SystemCallException {
    map(new Run(pages, address + length, bytes), 0, advice);
    populateLast();
  }

  /** Appends pages of the kernel's pool that are not present until {@link #populateLast}. */
  void appendFromPool(MemoryPages pages, long bytes) throws SystemCallException {
    int sizeFlag = Long.numberOfTrailingZeros(pages.bytes()) << MAP_HUGE_SHIFT;
    map(new Run(pages, address + length, bytes), MAP_HUGETLB | sizeFlag, NO_ADVICE);
  }

  /** Makes the pages present that were appended last; if that fails they are unmapped. */
  void populateLast() throws SystemCallException {
    boolean complete = false;
    try {
      populate(runs.getLast());
      complete = true;
    } finally {
      if (!complete) {
        Run run = runs.removeLast();
        length -= run.length();
        calls.unmap(run.address(), run.length());
      }
    }
  }

  private void map(Run run, int flags, int advice) throws SystemCallException {
    int allFlags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | flags;
    long found = calls.map(run.address(), run.length(), PROT_READ_WRITE, allFlags, NO_FILE);
    boolean complete = false;
    try {
      if (found != run.address()) { // Kernels before 4.17 take the address as a wish.
        throw SystemCallException.of("mmap", SystemCallException.EEXIST);
      }
      NodePreference.apply(calls, run.address(), run.length(), node);
      if (advice != NO_ADVICE) {
        calls.advise(run.address(), run.length(), advice);
      }
      complete = true;
    } finally {
      if (!complete) {
        calls.unmap(found, run.length());
      }
    }
    runs.add(run);
    length += run.length();
  }

  /**
   * Makes all pages present. Kernels before 5.14 do not know how: there pages of the pool, which
   * could be missing later on, are refused.
   */
  private void populate(Run run) throws SystemCallException {
    PagePresence presence =
        new PagePresence(calls, run.address(), run.length(), run.pages().bytes());
    OptionalInt error = presence.write();
    if (error.isPresent()
        && (run.pages().pooled() || error.getAsInt() != SystemCallException.EINVAL)) {
      throw SystemCallException.of("madvise(MADV_POPULATE_WRITE)", error.getAsInt());
    }
  }

  void unmap() {
    for (Run run : runs) {
      calls.unmap(run.address(), run.length());
    }
  }
}
