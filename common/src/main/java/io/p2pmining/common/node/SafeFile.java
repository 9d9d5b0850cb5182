package io.p2pmining.common.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Writes small files so that nobody ever sees a part of one, not even after a power cut. */
public final class SafeFile {

  /** What the names of files end in that are still being written. */
  public static final String UNFINISHED = ".tmp";

  private SafeFile() {}

  /**
   * Puts a file in place of the one that may be there, name and all on the disk when it returns. A
   * process that dies meanwhile may leave a file beside it, whose name ends in {@link #UNFINISHED}.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path temporary = writeBeside(file, content);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceDirectory(directoryOf(file));
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Puts a file where none is. Of several processes that try at once, one succeeds. */
  static void create(Path file, String content) throws IOException {
    Path temporary = writeBeside(file, content.getBytes(StandardCharsets.UTF_8));
    try {
      Files.createLink(file, temporary);
    } catch (UnsupportedOperationException e) {
      // A file system without hard links: a second process that starts in the same instant and the
      // same directory could read its own id, but no process can read half a one.
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Lets files that were made, renamed and deleted survive a power cut as such: on Linux the name
   * of a file is only durable with its directory.
   */
  public static void forceDirectory(Path directory) throws IOException {
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static Path directoryOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
  }

  private static Path writeBeside(Path file, byte[] content) throws IOException {
    Path temporary = Files.createTempFile(directoryOf(file), "." + file.getFileName(), UNFINISHED);
    Files.write(temporary, content);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return temporary;
  }
}
