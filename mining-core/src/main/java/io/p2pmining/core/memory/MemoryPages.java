package io.p2pmining.core.memory;

/** The kind of pages under off-heap memory. Larger ones cost fewer misses of the TLB. */
public enum MemoryPages {
  /** The small pages of the machine, usually of 4 KiB. */
  SMALL("4k", 0),
  /** Huge pages of 2 MiB that the kernel forms where it can. */
  TRANSPARENT_HUGE("thp", 1L << 21),
  /** Huge pages of 2 MiB from the kernel's pool. */
  HUGE("2m", 1L << 21),
  /** Huge pages of 1 GiB from the kernel's pool. */
  GIGANTIC("1g", 1L << 30);

  /** A last page of which less than this part would be wasted is taken whole. */
  private static final int WASTE_DIVISOR = 8;

  private final String label;
  private final long bytes;

  MemoryPages(String label, long bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** The short name for reports: {@code 4k}, {@code thp}, {@code 2m} or {@code 1g}. */
  public String label() {
    return label;
  }

  /** The size of a page; 0 for small pages, whose size the system says. */
  long bytes() {
    return bytes;
  }

  /** Whether they come from a pool that the kernel keeps apart from other memory. */
  boolean pooled() {
    return this == HUGE || this == GIGANTIC;
  }

  /** How many bytes of this kind of huge pages are worth taking for so many wanted bytes. */
  long worthwhileBytes(long wanted) {
    return (wanted + bytes / WASTE_DIVISOR) / bytes * bytes;
  }
}
