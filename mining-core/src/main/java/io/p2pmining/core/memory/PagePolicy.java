package io.p2pmining.core.memory;

/**
 * Which kind of pages large memory is to have; what cannot be had falls back to the next smaller.
 */
public enum PagePolicy {
  /** The largest that can be had. */
  AUTO,
  /** Huge pages of 1 GiB. */
  GIGANTIC,
  /** Huge pages of 2 MiB from the kernel's pool. */
  HUGE,
  /** Huge pages that the kernel forms where it can. */
  TRANSPARENT_HUGE,
  /** The small pages of the machine, usually of 4 KiB. */
  SMALL
}
