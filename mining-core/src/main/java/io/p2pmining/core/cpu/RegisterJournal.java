package io.p2pmining.core.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values that registers had before they were changed, in a file, so that the next process can
 * restore them if this one is killed. The file is locked while they are changed: only one process
 * of a machine does that at a time. It is kept where the system forgets files when it is switched
 * off, as the processor then forgets the values. Belongs to one thread.
 */
final class RegisterJournal implements AutoCloseable {

  /** A register's value as it was. */
  record Former(int cpu, int register, long value) {

    private static final Pattern LINE =
        Pattern.compile("cpu (\\d{1,4}) register ([0-9a-f]{8}) value ([0-9a-f]{16})");

    private String line() {
      return "cpu %d register %08x value %016x\n".formatted(cpu, register, value);
    }

    static Optional<Former> parse(String line) {
      Matcher matcher = LINE.matcher(line);
      return matcher.matches()
          ? Optional.of(
              new Former(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseUnsignedInt(matcher.group(2), 16),
                  Long.parseUnsignedLong(matcher.group(3), 16)))
          : Optional.empty();
    }
  }

  /** Some registers of the most processors there can be take less. */
  private static final int MAX_BYTES = 4 << 20;

  private final FileChannel channel;

  private RegisterJournal(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens the file and takes its lock.
   *
   * @return null if another process, or another user of this one, has the lock
   * @throws IOException if it cannot be had at all
   */
  static @Nullable RegisterJournal open(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      return null;
    }
    return new RegisterJournal(channel);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** What a process that was killed has left; lines that are not whole were never acted upon. */
  List<Former> left() throws IOException {
    long size = channel.size();
    ByteBuffer content = ByteBuffer.allocate((int) Math.min(MAX_BYTES, size));
    while (content.hasRemaining() && channel.read(content, content.position()) > 0) {
      // Reads on until everything is there.
    }
    List<Former> left = new ArrayList<>();
    new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII)
        .lines()
        .forEach(line -> Former.parse(line).ifPresent(left::add));
    return left;
  }

  /** Writes values down so that not even the end of this process can lose them. */
  void write(List<Former> formers) throws IOException {
    StringBuilder text = new StringBuilder();
    formers.forEach(former -> text.append(former.line()));
    ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
    channel.truncate(0);
    while (bytes.hasRemaining()) {
      int ignored = channel.write(bytes, bytes.position());
    }
    channel.force(true);
  }

  /** Gives the lock back; what was written stays. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
