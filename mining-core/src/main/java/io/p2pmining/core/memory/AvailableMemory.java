package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * How much memory new programs can get without swapping, as Linux estimates it; unknown on other
 * systems.
 */
record AvailableMemory(OptionalLong bytes) {

  private static final Path MEMORY_FACTS = Path.of("/proc/meminfo");
  private static final String KEY = "MemAvailable:";

  static AvailableMemory now() {
    try {
      return parse(Files.readAllLines(MEMORY_FACTS));
    } catch (IOException e) {
      return new AvailableMemory(OptionalLong.empty());
    }
  }

  /** Reads the lines of {@code /proc/meminfo}; the figure there is in KiB. */
  static AvailableMemory parse(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith(KEY)) {
        String kibibytes = line.substring(KEY.length()).replace("kB", "").strip();
        return new AvailableMemory(OptionalLong.of(Long.parseLong(kibibytes) * 1024));
      }
    }
    return new AvailableMemory(OptionalLong.empty());
  }

  boolean isLessThan(long wanted) {
    return bytes.isPresent() && bytes.getAsLong() < wanted;
  }

  @Override
  public String toString() {
    return bytes.isPresent() ? (bytes.getAsLong() >> 20) + " MiB are available" : "unknown";
  }
}
