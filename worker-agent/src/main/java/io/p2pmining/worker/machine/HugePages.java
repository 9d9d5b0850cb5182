package io.p2pmining.worker.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The huge pages that Linux has set aside.
 *
 * @param free how many are unused, of the default size
 * @param total how many there are, of the default size
 * @param sizeBytes the default size; 0 where there is none
 */
record HugePages(long free, long total, long sizeBytes) {

  private static final Path MEMORY_FACTS = Path.of("/proc/meminfo");
  private static final long KIBIBYTE = 1024;

  static HugePages now() {
    try {
      return parse(Files.readAllLines(MEMORY_FACTS, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return new HugePages(0, 0, 0); // not Linux
    }
  }

  static HugePages parse(List<String> lines) {
    return new HugePages(
        number(lines, "HugePages_Free:"),
        number(lines, "HugePages_Total:"),
        number(lines, "Hugepagesize:") * KIBIBYTE);
  }

  private static long number(List<String> lines, String key) {
    for (String line : lines) {
      if (line.startsWith(key)) {
        String digits = line.substring(key.length()).replace("kB", "").strip();
        return digits.matches("\\d{1,15}") ? Long.parseLong(digits) : 0;
      }
    }
    return 0;
  }
}
