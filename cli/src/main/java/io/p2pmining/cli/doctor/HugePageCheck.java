package io.p2pmining.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The kernel's pools of huge pages, and those that it forms. Reads below a root, for tests. */
final class HugePageCheck {

  private static final String NAME = "huge pages";
  private static final long PAGE = 2L << 20;

  private HugePageCheck() {}

  /**
   * Looks at the pools.
   *
   * @param bytes what tables and scratchpads take
   */
  static Finding of(Path root, long bytes) {
    Path kernel = root.resolve("sys/kernel/mm");
    Path pool = kernel.resolve("hugepages/hugepages-2048kB");
    Optional<Long> size = number(pool.resolve("nr_hugepages"));
    if (size.isEmpty()) {
      return Finding.warn(
          NAME,
          "this system has no pool of pages of 2 MiB, or hides it",
          "on Linux, look at /sys/kernel/mm/hugepages; hashing works without, but slower");
    }
    long free =
        Math.max(
            0,
            number(pool.resolve("free_hugepages")).orElse(0L)
                - number(pool.resolve("resv_hugepages")).orElse(0L));
    long wanted = (bytes + PAGE - 1) / PAGE;
    long gigantic =
        number(kernel.resolve("hugepages/hugepages-1048576kB/free_hugepages")).orElse(0L);
    boolean thp = formsThem(kernel.resolve("transparent_hugepage/enabled"));
    String pools =
        "%d of %d in the pool of 2 MiB are free, %d of 1 GiB; transparent ones are %s"
            .formatted(free, size.get(), gigantic, thp ? "on" : "off");
    if (free >= wanted) {
      return Finding.ok(NAME, pools);
    }
    if (Files.isWritable(pool.resolve("nr_overcommit_hugepages"))) {
      return Finding.ok(NAME, pools + "; this user may have more formed when they are needed");
    }
    return Finding.warn(
        NAME,
        "%s; full mode takes %d of 2 MiB%s"
            .formatted(
                pools, wanted, thp ? "" : " and has small pages without them, which is slower"),
        "as root: sysctl -w vm.nr_hugepages="
            + (size.get() - free + wanted)
            + (thp ? "" : ", or echo madvise >/sys/kernel/mm/transparent_hugepage/enabled"));
  }

  /** The choice in force stands in brackets: {@code always [madvise] never}. */
  private static boolean formsThem(Path setting) {
    try {
      String choices = Files.readString(setting);
      return choices.contains("[always]") || choices.contains("[madvise]");
    } catch (IOException e) {
      return false; // A kernel without them.
    }
  }

  private static Optional<Long> number(Path file) {
    try {
      return Optional.of(Long.parseLong(Files.readString(file).strip()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
