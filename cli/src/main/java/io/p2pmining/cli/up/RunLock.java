package io.p2pmining.cli.up;

import io.p2pmining.cli.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second {@code up} out of a data directory for as long as it is open. The system gives it
 * back when the process ends, however it ends.
 */
final class RunLock implements AutoCloseable {

  private static final String FILE = "up.lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the directory if need be and takes its lock.
   *
   * @throws CommandFailure if it cannot be written or another {@code up} has it
   */
  static RunLock take(Path directory) {
    FileChannel channel = open(directory);
    try {
      if (channel.tryLock() != null) {
        return new RunLock(channel);
      }
    } catch (OverlappingFileLockException takenByThisProcess) {
      // Refused below, as a lock of another process is.
    } catch (IOException e) {
      close(channel);
      throw unusable(directory, e);
    }
    close(channel);
    throw new CommandFailure(
        "a cluster runs on " + directory + " already; end it, or choose another with --data DIR");
  }

  private static FileChannel open(Path directory) {
    try {
      Files.createDirectories(directory);
      return FileChannel.open(
          directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static CommandFailure unusable(Path directory, IOException cause) {
    return new CommandFailure(
        "data directory %s cannot be written (%s); make it writable or choose another with --data DIR"
            .formatted(directory, cause));
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it.
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
