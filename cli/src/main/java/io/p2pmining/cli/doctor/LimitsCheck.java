package io.p2pmining.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The limits of a process. Reads below a root, for tests. */
final class LimitsCheck {

  private static final String FILES = "open files";

  /** Jars, the database, logs, and connections to nodes and clients of the API. */
  private static final int BESIDE_WORKERS = 256;

  private static final String UNLIMITED = "unlimited";

  private LimitsCheck() {}

  /**
   * Compares limits with what services need. Java itself raises the soft limit of files to the hard
   * one, here as in the services.
   *
   * @param connections how many workers the master takes
   */
  static List<Finding> of(Path root, int connections) {
    List<String> lines;
    try {
      lines = Files.readAllLines(root.resolve("proc/self/limits"));
    } catch (IOException e) {
      return List.of(Finding.ok(FILES, "this system does not tell its limit"));
    }
    List<Finding> findings = new ArrayList<>();
    soft(lines, "Max open files").ifPresent(limit -> findings.add(files(limit, connections)));
    soft(lines, "Max locked memory")
        .ifPresent(limit -> findings.add(Finding.ok("locked memory", locked(limit))));
    return findings;
  }

  private static Finding files(String limit, int connections) {
    int needed = connections + BESIDE_WORKERS;
    return limit.equals(UNLIMITED) || Long.parseLong(limit) >= needed
        ? Finding.ok(FILES, "limit " + limit)
        : Finding.warn(
            FILES,
            "limit %s, a master with %d connections takes up to %d"
                .formatted(limit, connections, needed),
            "ulimit -Hn %d, or LimitNOFILE=%d in the systemd unit".formatted(needed, needed));
  }

  private static String locked(String limit) {
    String size = limit.equals(UNLIMITED) ? limit : (Long.parseLong(limit) >> 10) + " KiB";
    return "limit " + size + "; nothing here locks memory, huge pages need no right to";
  }

  private static Optional<String> soft(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split("\\s+", 2)[0])
        .filter(limit -> limit.equals(UNLIMITED) || limit.matches("\\d{1,18}"))
        .findFirst();
  }
}
