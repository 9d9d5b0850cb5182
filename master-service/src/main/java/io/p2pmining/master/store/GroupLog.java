package io.p2pmining.master.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Groups that are durable, in files of a directory, oldest first. One thread appends; another reads
 * and deletes files at the same time.
 *
 * <p>Every record names the one before it, so that a hole is noticed: a log that does not follow on
 * from its database is refused instead of being written to it.
 */
final class GroupLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupLog.class);

  private static final String SUFFIX = ".log";
  private static final String NAME = "%012d" + SUFFIX;

  private final Path directory;
  private final LogDisk disk;
  private final UUID master;
  private final long segmentBytes;
  private final LogFormat format = new LogFormat();

  // Owned by the thread that appends.
  private final LogBuffer buffer = new LogBuffer();
  private @Nullable LogSegment active;
  private long nextFile;
  private long lastNumber;

  // Guarded by itself: all segments, the active one last.
  private final Deque<LogSegment> segments = new ArrayDeque<>();

  /**
   * The log in a directory, which is made if need be. What is there is to be {@linkplain
   * #readEarlier read} and {@linkplain #deleteAll deleted} before anything is appended.
   *
   * @param master whose groups they are
   * @param segmentBytes when a file is full and the next begins
   */
  GroupLog(Path directory, LogDisk disk, UUID master, long segmentBytes) throws IOException {
    this.directory = directory;
    this.disk = disk;
    this.master = master;
    this.segmentBytes = segmentBytes;
    Files.createDirectories(directory);
    nextFile = 1;
    for (Path file : files()) {
      String name = file.getFileName().toString();
      nextFile = 1 + Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            directory, file -> file.getFileName().toString().matches("\\d{12}\\" + SUFFIX))) {
      found.forEach(files::add);
    }
    Collections.sort(files);
    return files;
  }

  /** Receives groups in the order in which they were logged. */
  interface Visitor {
    void visit(Group group) throws StoreException;
  }

  // ---------------------------------------------------------------- an earlier process's groups

  /**
   * Reads what an earlier process has left.
   *
   * @param after the number of the last group of which the database has everything; it and earlier
   *     ones are passed over
   * @return the number of the last group
   * @throws StoreException if the log is not the database's, or damaged
   */
  long readEarlier(long after, Visitor visitor) throws IOException, StoreException {
    Reading reading = new Reading(after, Long.MAX_VALUE, visitor);
    for (Path file : files()) {
      long rest = read(file, reading);
      if (rest > 0) {
        LOG.warn(
            "The last {} bytes of {} are cut off: they were being written when the power failed",
            rest,
            file);
      }
    }
    return reading.last;
  }

  /** Deletes all files, once the database has for certain what is in them. */
  void deleteAll() throws IOException {
    List<Path> files = files();
    for (Path file : files) {
      disk.delete(file);
    }
    if (!files.isEmpty()) {
      disk.forceDirectory(directory);
    }
  }

  private long read(Path file, Reading reading) throws IOException, StoreException {
    try (FileChannel channel = disk.open(file)) {
      return LogSegment.read(channel, reading);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new StoreException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Passes on the groups after one and up to another, and looks for holes. */
  private final class Reading implements LogSegment.Visitor {

    private final long end;
    private final Visitor visitor;
    private long last;

    Reading(long after, long end, Visitor visitor) {
      this.last = after;
      this.end = end;
      this.visitor = visitor;
    }

    @Override
    public boolean visit(byte[] bytes, int offset, int length) throws StoreException {
      LogRecord logged = format.read(bytes, offset, length);
      if (logged.number() > end) {
        return false;
      }
      if (logged.number() > last) {
        if (!logged.master().equals(master)) {
          throw new StoreException("It is another master's log: " + logged.master());
        }
        if (logged.after() > last) {
          throw new StoreException(
              "It begins after group %d, and the database ends at group %d"
                  .formatted(logged.after(), last));
        }
        visitor.visit(logged.toGroup());
        last = logged.number();
      }
      return true;
    }
  }

  // ---------------------------------------------------------------- this process's groups

  /** From which group on the next one counts as following. */
  void startAfter(long number) {
    lastNumber = number;
  }

  /**
   * Appends a group and waits until it is on the disk.
   *
   * @return its size in bytes
   * @throws IOException if it is not known to be there; it may be tried again
   */
  int append(Group group) throws IOException {
    buffer.begin();
    format.write(buffer, LogRecord.of(group, master, lastNumber));
    writable().append(buffer, group.number());
    lastNumber = group.number();
    return buffer.size();
  }

  private LogSegment writable() throws IOException {
    LogSegment current = active;
    if (current != null && current.isUsable() && current.length() < segmentBytes) {
      return current;
    }
    if (current != null) {
      current.close();
      active = null;
    }
    LogSegment next = create();
    synchronized (segments) {
      segments.addLast(next);
    }
    active = next;
    return next;
  }

  private LogSegment create() throws IOException {
    Path file = directory.resolve(NAME.formatted(nextFile));
    nextFile++;
    LogSegment segment = new LogSegment(file, disk.open(file));
    try {
      segment.force();
      disk.forceDirectory(directory);
      return segment;
    } catch (IOException e) {
      segment.close();
      disk.delete(file);
      throw e;
    }
  }

  // ---------------------------------------------------------------- another thread

  /** Reads the groups after one and up to another, which has been appended. */
  void read(long after, long end, Visitor visitor) throws IOException, StoreException {
    List<LogSegment> all;
    synchronized (segments) {
      all = List.copyOf(segments);
    }
    Reading reading = new Reading(after, end, visitor);
    for (LogSegment segment : all) {
      read(segment.file(), reading);
    }
    if (reading.last < end) {
      throw new StoreException("The log ends at group " + reading.last + ", not at " + end);
    }
  }

  /** Whether there are files that could be deleted if the groups up to this one were not needed. */
  boolean hasFilesThrough(long number) {
    synchronized (segments) {
      return segments.size() > 1 && segments.getFirst().lastNumber() <= number;
    }
  }

  /** Deletes the files, but for the one in use, that hold no group after this one. */
  void deleteThrough(long number) throws IOException {
    boolean deleted = false;
    while (hasFilesThrough(number)) {
      LogSegment first;
      synchronized (segments) {
        first = segments.getFirst();
      }
      disk.delete(first.file());
      deleted = true;
      synchronized (segments) {
        segments.removeFirst();
      }
    }
    if (deleted) {
      disk.forceDirectory(directory);
    }
  }

  /** Closes the file in use; nothing is deleted. */
  @Override
  public void close() {
    synchronized (segments) {
      segments.forEach(LogSegment::close);
    }
  }
}
