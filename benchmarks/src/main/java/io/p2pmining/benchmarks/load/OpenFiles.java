package io.p2pmining.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files, and so connections, a process may have open. */
final class OpenFiles {

  /** Jars, selectors and whatever else is open besides connections. */
  private static final int OTHERS = 300;

  private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d+)\\s");

  private OpenFiles() {}

  /** What to do about a limit that is too low for so many connections; empty if it is not. */
  static Optional<String> remedyFor(int connections) {
    try {
      return remedyFor(connections, Files.readString(Path.of("/proc/self/limits")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<String> remedyFor(int connections, String limits) {
    int needed = connections + OTHERS;
    Matcher matcher = LIMIT.matcher(limits);
    if (!matcher.find() || Long.parseLong(matcher.group(1)) >= needed) {
      return Optional.empty();
    }
    return Optional.of(
        "%d connections need %d open files, but a process may have %s: raise the limit by `ulimit -n %d`"
                .formatted(connections, needed, matcher.group(1), needed)
            + " in this shell first (as root if it is a hard limit)");
  }
}
