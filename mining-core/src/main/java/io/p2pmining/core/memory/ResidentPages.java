package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the kernel says of the pages that are present in a range of this process's memory.
 *
 * @param kibibytes how much is present
 * @param hugeKibibytes how much of that is on transparent huge pages
 */
record ResidentPages(long kibibytes, long hugeKibibytes) {

  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final String PRESENT = "Rss:";
  private static final List<String> HUGE = List.of("AnonHugePages:", "ShmemPmdMapped:");

  /** Reads the facts of the mappings that overlap a range; takes some milliseconds. */
  static ResidentPages of(long address, long length) {
    try {
      return parse(Files.readAllLines(MAPPINGS), address, length);
    } catch (IOException e) {
      return new ResidentPages(0, 0);
    }
  }

  /** Reads the lines of {@code /proc/self/smaps}. */
  static ResidentPages parse(List<String> lines, long address, long length) {
    long kibibytes = 0;
    long hugeKibibytes = 0;
    boolean inside = false;
    for (String line : lines) {
      int dash = line.indexOf('-');
      int space = line.indexOf(' ');
      if (dash > 0 && dash < space) {
        long start = Long.parseUnsignedLong(line, 0, dash, 16);
        long end = Long.parseUnsignedLong(line, dash + 1, space, 16);
        inside = start < address + length && end > address && start >= 0;
      } else if (inside && line.startsWith(PRESENT)) {
        kibibytes += figure(line, PRESENT);
      } else if (inside) {
        hugeKibibytes += hugeFigure(line);
      }
    }
    return new ResidentPages(kibibytes, hugeKibibytes);
  }

  private static long hugeFigure(String line) {
    return HUGE.stream().filter(line::startsWith).mapToLong(key -> figure(line, key)).sum();
  }

  private static long figure(String line, String key) {
    return Long.parseLong(line.substring(key.length()).replace("kB", "").strip());
  }

  /** Transparent huge pages if most of it is on them, or nothing is known. */
  MemoryPages kind() {
    return 2 * hugeKibibytes >= kibibytes ? MemoryPages.TRANSPARENT_HUGE : MemoryPages.SMALL;
  }
}
