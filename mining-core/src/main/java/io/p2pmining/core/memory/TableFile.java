package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.FileCalls.O_CLOEXEC;
import static io.p2pmining.core.memory.FileCalls.O_CREATE;
import static io.p2pmining.core.memory.FileCalls.O_NONBLOCK;
import static io.p2pmining.core.memory.FileCalls.O_READ_WRITE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The file of one table in the shared directory, locked by this process until it is closed: a line
 * for each {@link TableHolder}. Whoever has the lock may compute the table if nobody holds it. The
 * kernel ends the lock with the process. Belongs to one thread.
 */
final class TableFile implements AutoCloseable {

  private static final int OWNER_ONLY = 0600;
  private static final int MAX_HOLDERS = 1024;
  private static final int MAX_BYTES = 64 * 1024;

  /** How often others may delete the file between this process's opening and locking it. */
  private static final int MAX_TRIES = 16;

  private final MappingCalls calls;
  private final Path path;
  private final int descriptor;
  private boolean empty;

  private TableFile(MappingCalls calls, Path path, int descriptor) {
    this.calls = calls;
    this.path = path;
    this.descriptor = descriptor;
    this.empty = read(path).isEmpty();
  }

  /**
   * Takes the lock, making the file if need be.
   *
   * @return empty if another process, or somebody else in this one, has it
   * @throws SharingException if the file is not the user's or cannot be written
   */
  static Optional<TableFile> tryLock(MappingCalls calls, Path path) throws SharingException {
    try {
      for (int tries = 0; tries < MAX_TRIES; tries++) {
        int flags = O_READ_WRITE | O_CREATE | O_CLOEXEC | O_NONBLOCK | FileCalls.noFollow();
        int descriptor = calls.open(path.toString(), flags, OWNER_ONLY);
        boolean kept = false;
        try {
          if (!calls.tryLock(descriptor)) {
            return Optional.empty();
          }
          if (isStill(path, descriptor)) {
            kept = true;
            return Optional.of(new TableFile(calls, path, descriptor));
          }
        } finally {
          if (!kept) {
            calls.closeFile(descriptor);
          }
        }
      }
      return Optional.empty();
    } catch (SystemCallException e) {
      throw new SharingException(path + " cannot be locked: " + e.reason());
    }
  }

  /** Whether the open file is the one under the path; its last holder may have deleted it. */
  private static boolean isStill(Path path, int descriptor) throws SharingException {
    try {
      Path opened = Path.of("/proc/self/fd", Integer.toString(descriptor));
      Object found =
          Files.exists(path, LinkOption.NOFOLLOW_LINKS)
              ? Files.getAttribute(path, "fileKey", LinkOption.NOFOLLOW_LINKS)
              : null;
      if (found == null || !found.equals(Files.getAttribute(opened, "fileKey"))) {
        return false;
      }
      if (!OwnFiles.isOwnUnlinked(path) || !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new SharingException(path + " is not this user's file; remove it");
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new SharingException(path + " cannot be read (" + e + ")");
    }
  }

  /** The holders that a file lists; what is no such line is passed over. */
  static List<TableHolder> read(Path path) {
    try {
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > MAX_BYTES) {
        return List.of();
      }
      return Files.readAllLines(path, StandardCharsets.ISO_8859_1).stream()
          .flatMap(line -> TableHolder.parse(line).stream())
          .limit(MAX_HOLDERS)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Everybody who said that they hold the table and did not take it back. */
  List<TableHolder> holders() {
    return read(path);
  }

  /** Says who holds the table from now on. */
  void write(List<TableHolder> holders) throws SharingException {
    String lines =
        holders.stream().map(holder -> holder.line() + "\n").collect(Collectors.joining());
    try {
      Files.writeString(path, lines, StandardCharsets.ISO_8859_1);
      empty = holders.isEmpty();
    } catch (IOException e) {
      throw new SharingException(path + " cannot be written (" + e + ")");
    }
  }

  /** Ends the lock. A file that lists nobody goes. */
  @Override
  public void close() {
    try {
      if (empty) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      System.getLogger(TableFile.class.getName())
          .log(System.Logger.Level.DEBUG, "left behind: {0}, {1}", path, e);
    } finally {
      calls.closeFile(descriptor);
    }
  }
}
