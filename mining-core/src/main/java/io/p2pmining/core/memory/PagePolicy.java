package io.p2pmining.core.memory;

/**
 * Which kind of pages large memory is to have; what cannot be had falls back to the next smaller.
 */
public enum PagePolicy {
  /** The largest that can be had. */
  AUTO("auto"),
  /** Huge pages of 1 GiB. */
  GIGANTIC("1g"),
  /** Huge pages of 2 MiB from the kernel's pool. */
  HUGE("2m"),
  /** Huge pages that the kernel forms where it can. */
  TRANSPARENT_HUGE("thp"),
  /** The small pages of the machine, usually of 4 KiB. */
  SMALL("4k");

  private final String label;

  PagePolicy(String label) {
    this.label = label;
  }

  /** The name in options; that of the pages is the same as in {@link MemoryPages#label()}. */
  public String label() {
    return label;
  }
}
