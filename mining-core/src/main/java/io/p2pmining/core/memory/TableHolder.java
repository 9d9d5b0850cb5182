package io.p2pmining.core.memory;

import static io.p2pmining.core.memory.FileCalls.O_CLOEXEC;
import static io.p2pmining.core.memory.FileCalls.O_NONBLOCK;
import static io.p2pmining.core.memory.FileCalls.O_READ_ONLY;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that has a table mapped and an open descriptor through which others get at it.
 *
 * @param pid the process
 * @param descriptor its number there
 * @param checksum CRC-32C of the table
 * @param pages the kind of its pages
 * @param namespace the PID namespace in which {@code pid} means that process
 */
record TableHolder(
    long pid, int descriptor, int checksum, MemoryPages pages, PidNamespace namespace) {

  private static final Pattern LINE =
      Pattern.compile("(\\d{1,9}) (\\d{1,9}) ([0-9a-f]{8}) (4k|thp|2m) (\\d{1,18})");

  /** This process. */
  static TableHolder self(int descriptor, int checksum, MemoryPages pages) {
    return new TableHolder(
        ProcessHandle.current().pid(), descriptor, checksum, pages, PidNamespace.ofThisProcess());
  }

  /** Reads what {@link #line} wrote; empty if it is anything else. */
  static Optional<TableHolder> parse(String line) {
    Matcher fields = LINE.matcher(line);
    return fields.matches()
        ? Optional.of(
            new TableHolder(
                Long.parseLong(fields.group(1)),
                Integer.parseInt(fields.group(2)),
                HexFormat.fromHexDigits(fields.group(3)),
                pages(fields.group(4)),
                new PidNamespace(Long.parseLong(fields.group(5)))))
        : Optional.empty();
  }

  private static MemoryPages pages(String label) {
    return Arrays.stream(MemoryPages.values())
        .filter(pages -> pages.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  String line() {
    return pid
        + " "
        + descriptor
        + " "
        + HexFormat.of().toHexDigits(checksum)
        + " "
        + pages.label()
        + " "
        + namespace.number();
  }

  /**
   * Whether it still holds the table, as far as the names say.
   *
   * @param table the text of the table's name
   */
  boolean isAlive(String table) {
    return namespace.isOwn() && isTable(path(), table);
  }

  /**
   * Why this process may not see that it holds a table; empty if nothing is in the way, so that one
   * who is not {@linkplain #isAlive alive} has ended.
   */
  Optional<String> obstacle() {
    if (!namespace.isOwn()) {
      return Optional.of("it is a process of another PID namespace, as other containers have");
    }
    try {
      Path ignored = Files.readSymbolicLink(path());
      return Optional.empty();
    } catch (AccessDeniedException e) {
      return Optional.of("the system lets this process not look into " + path().getParent());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** How long the table is that it holds; 0 if it does not. */
  long length(String table) {
    return isAlive(table) ? length(path()) : 0;
  }

  /**
   * Opens the table; the caller closes the descriptor.
   *
   * @return empty if the process has ended, or shows something else than a table of this name that
   *     its owner has completed and nobody can change any more
   * @throws SystemCallException if there is one, but this process may not open it
   */
  Optional<OpenTable> open(MappingCalls calls, TableName name) throws SystemCallException {
    if (!isAlive(name.text())) {
      return Optional.empty(); // What else it may be is not even opened.
    }
    int opened = calls.open(path().toString(), O_READ_ONLY | O_CLOEXEC | O_NONBLOCK, 0);
    boolean complete = false;
    try {
      Optional<OpenTable> table = check(calls, opened, name);
      complete = table.isPresent();
      return table;
    } finally {
      if (!complete) {
        calls.closeFile(opened);
      }
    }
  }

  /** By now another process may have the number, so that what is open is looked at again. */
  private static Optional<OpenTable> check(MappingCalls calls, int opened, TableName name)
      throws SystemCallException {
    Path self = Path.of("/proc/self/fd", Integer.toString(opened));
    if (!isTable(self, name.text())
        || (calls.seals(opened) & MemoryFile.SEALS) != MemoryFile.SEALS
        || !OwnFiles.isOwn(self)) {
      return Optional.empty();
    }
    long length = length(self);
    return length < name.bytes() ? Optional.empty() : Optional.of(new OpenTable(opened, length));
  }

  /** A descriptor of this process and the length of its file in bytes. */
  record OpenTable(int descriptor, long length) {}

  private Path path() {
    return Path.of("/proc", Long.toString(pid), "fd", Integer.toString(descriptor));
  }

  private static boolean isTable(Path link, String table) {
    try {
      return Files.readSymbolicLink(link)
          .toString()
          .equals("/memfd:" + SharedTable.fileName(table) + " (deleted)");
    } catch (IOException e) {
      return false;
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
