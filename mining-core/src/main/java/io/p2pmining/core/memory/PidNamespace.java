package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Within which processes have numbers of their own, and see only each other in {@code /proc}: all
 * of a machine, or those of a container.
 *
 * @param number the kernel's; 0 for one that it does not tell
 */
record PidNamespace(long number) {

  private static final Pattern LINK = Pattern.compile("pid:\\[(\\d{1,18})]");

  /** The one of this process. */
  static PidNamespace ofThisProcess() {
    try {
      Matcher link = LINK.matcher(Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString());
      return new PidNamespace(link.matches() ? Long.parseLong(link.group(1)) : 0);
    } catch (IOException e) {
      return new PidNamespace(0); // A kernel without namespaces has one for all.
    }
  }

  boolean isOwn() {
    return equals(ofThisProcess());
  }
}
