package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * How many bytes this process, or one that it starts, can take without swapping: what Linux says is
 * available, but not more than the control groups of this process leave. Reads {@code /proc} and
 * {@code /sys/fs/cgroup} below a root, so that tests can show it a machine; asks anew each time.
 * Immutable.
 */
public final class AvailableMemory {

  private static final String CGROUP_V1_LIMIT = "memory.limit_in_bytes";
  private static final String CGROUP_V1_USAGE = "memory.usage_in_bytes";
  private static final String CGROUP_V2_LIMIT = "memory.max";
  private static final String CGROUP_V2_USAGE = "memory.current";

  private final Path root;

  public AvailableMemory(Path root) {
    this.root = root;
  }

  /** The memory of the machine this runs on. */
  public static AvailableMemory ofThisMachine() {
    return new AvailableMemory(Path.of("/"));
  }

  /** The bytes available; empty where the system does not tell, as outside of Linux. */
  public OptionalLong bytes() {
    OptionalLong free = memAvailable();
    if (free.isEmpty()) {
      return free;
    }
    return OptionalLong.of(
        Math.min(free.getAsLong(), Math.min(leftByCgroupV2(), leftByCgroupV1())));
  }

  private OptionalLong memAvailable() {
    for (String line : lines(root.resolve("proc/meminfo"))) {
      String[] words = line.split("\\s+", -1);
      if (words[0].equals("MemAvailable:") && words.length >= 2) {
        return OptionalLong.of(number(words[1], 0) * 1024);
      }
    }
    return OptionalLong.empty();
  }

  /** The tightest of this process's group and all groups above it. */
  private long leftByCgroupV2() {
    Path mount = root.resolve("sys/fs/cgroup");
    return leftFrom(mount, groupOf("0::"), CGROUP_V2_LIMIT, CGROUP_V2_USAGE, "inactive_file");
  }

  private long leftByCgroupV1() {
    Path mount = root.resolve("sys/fs/cgroup/memory");
    return leftFrom(
        mount, groupOf(":memory:"), CGROUP_V1_LIMIT, CGROUP_V1_USAGE, "total_inactive_file");
  }

  private long leftFrom(Path mount, String group, String limit, String usage, String reclaimable) {
    long left = Long.MAX_VALUE;
    Path lowest = mount.resolve(group).normalize();
    for (Path at = lowest; at != null && at.startsWith(mount); at = at.getParent()) {
      long limitBytes = firstNumber(at.resolve(limit), Long.MAX_VALUE);
      if (limitBytes != Long.MAX_VALUE) {
        long used = firstNumber(at.resolve(usage), 0) - cacheOf(at, reclaimable);
        left = Math.min(left, Math.max(0, limitBytes - used));
      }
    }
    return left;
  }

  /** File pages that the kernel drops before it refuses memory. */
  private static long cacheOf(Path group, String name) {
    for (String line : lines(group.resolve("memory.stat"))) {
      if (line.startsWith(name + " ")) {
        return number(line.substring(name.length() + 1), 0);
      }
    }
    return 0;
  }

  /** The path of this process's group without its leading slash; inside a container it is empty. */
  private String groupOf(String marker) {
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      int start = line.indexOf(marker);
      if (start >= 0) {
        return line.substring(start + marker.length()).replaceFirst("^/+", "");
      }
    }
    return "";
  }

  private static long firstNumber(Path file, long otherwise) {
    List<String> lines = lines(file);
    return lines.isEmpty() ? otherwise : number(lines.getFirst(), otherwise);
  }

  /** Reads a number; {@code max} and anything else that is none is {@code otherwise}. */
  private static long number(String word, long otherwise) {
    try {
      return Long.parseLong(word.strip());
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
