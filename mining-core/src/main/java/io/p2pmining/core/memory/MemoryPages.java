package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The kind of pages under off-heap memory. Larger ones cost fewer misses of the TLB. */
public enum MemoryPages {
  /** The small pages of the machine, usually of 4 KiB. */
  SMALL("4k"),
  /** Huge pages that the kernel forms where it can, without being asked. */
  TRANSPARENT_HUGE("thp");

  private static final Path TRANSPARENT_HUGE_POLICY =
      Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private final String label;

  MemoryPages(String label) {
    this.label = label;
  }

  /** The short name for reports: {@code 4k} or {@code thp}. */
  public String label() {
    return label;
  }

  /** What memory that is allocated now gets; small pages where the system does not say. */
  static MemoryPages ofNewMemory() {
    try {
      return underPolicy(Files.readString(TRANSPARENT_HUGE_POLICY));
    } catch (IOException e) {
      return SMALL;
    }
  }

  /**
   * What a policy of Linux means for memory that asks for nothing.
   *
   * @param policy the kernel's list of choices with the one in force in brackets
   */
  static MemoryPages underPolicy(String policy) {
    return policy.contains("[always]") ? TRANSPARENT_HUGE : SMALL;
  }
}
