package io.p2pmining.master.node;

import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory with this master's files, locked against every other master for as long as it is
 * open. Safe for use by any thread.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "master.lock";

  private final Path path;
  private final FileChannel lockChannel;

  private DataDirectory(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  /**
   * Makes the directory if need be and takes its lock.
   *
   * @throws StartupException if it cannot be written or another master works in it
   */
  public static DataDirectory open(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartupException(
            "another master works in " + path,
            "end it, or give this one its own directory with p2pmine.data-dir",
            null);
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw new StartupException(
          "data directory " + path + " cannot be used: " + e,
          "make it writable, or choose another with p2pmine.data-dir",
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The absolute path of {@code name} in the directory. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** The absolute path of the directory. */
  public Path path() {
    return path;
  }

  /** Gives the lock back. */
  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("data directory=" + path, e);
    }
  }
}
