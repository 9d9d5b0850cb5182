package io.p2pmining.core.cpu;

import java.nio.file.Path;

/**
 * The second stack on which processors can keep return addresses, so that code returns only to
 * where it was called from. Linux gives programs one that ask for it.
 */
public final class ShadowStack {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FEATURES = "x86_Thread_features:";
  private static final String NAME = "shstk";

  private ShadowStack() {}

  /** Whether this process has one. */
  public static boolean isActive() {
    return SystemFile.text(STATUS).map(ShadowStack::isActive).orElse(false);
  }

  /** Whether the text of a status file says so. */
  static boolean isActive(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(FEATURES))
        .anyMatch(line -> line.contains(NAME));
  }
}
