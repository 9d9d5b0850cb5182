package io.p2pmining.common.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes small files so that nobody ever sees a part of one, not even after a power cut. */
final class SafeFile {

  private SafeFile() {}

  /** Puts a file in place of the one that may be there. */
  static void replace(Path file, String content) throws IOException {
    Path temporary = writeBeside(file, content);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Puts a file where none is. Of several processes that try at once, one succeeds. */
  static void create(Path file, String content) throws IOException {
    Path temporary = writeBeside(file, content);
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

  private static Path writeBeside(Path file, String content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(directory, "." + file.getFileName(), ".tmp");
    Files.writeString(temporary, content, StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    return temporary;
  }
}
