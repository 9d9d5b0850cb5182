package io.p2pmining.core.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Whose files are this process's user's. */
final class OwnFiles {

  private static final String OWNER = "unix:uid";

  private OwnFiles() {}

  /** Whether the file that a link of {@code /proc} leads to is the user's. */
  static boolean isOwn(Path link) {
    try {
      return Files.getAttribute(link, OWNER).equals(user());
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a file, which is no link, is the user's. */
  static boolean isOwnUnlinked(Path file) throws IOException {
    return Files.getAttribute(file, OWNER, LinkOption.NOFOLLOW_LINKS).equals(user());
  }

  /** The number of the user this process runs as. */
  private static Object user() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), OWNER);
  }
}
