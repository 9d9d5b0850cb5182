package io.p2pmining.worker.work;

import io.p2pmining.common.node.SafeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code checkpoint} in the data directory. Nobody ever sees a part of one: it is written
 * beside and put in place. Used by one thread at a time.
 */
final class CheckpointFile {

  static final String NAME = "checkpoint";

  /** Where a file goes that cannot be read, in place of one that went there before. */
  static final String SET_ASIDE = "checkpoint.corrupt";

  /** Four times what the most units and results take. */
  private static final long MAX_BYTES = 16L << 20;

  private static final Logger LOG = LoggerFactory.getLogger("io.p2pmining.worker.Checkpoint");

  private final Path directory;
  private final Path file;

  CheckpointFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(NAME);
  }

  /** What was written last; empty if there is nothing that can be read, which is said. */
  Checkpoint read() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException("it is longer than " + MAX_BYTES + " bytes");
      }
      return CheckpointFormat.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Checkpoint.EMPTY;
    } catch (IllegalArgumentException e) {
      setAside(String.valueOf(e.getMessage()));
      return Checkpoint.EMPTY;
    } catch (IOException e) {
      LOG.warn(
          "Units and results of the last run are lost: {} cannot be read ({})", file, e.toString());
      return Checkpoint.EMPTY;
    }
  }

  private void setAside(String reason) {
    Path aside = file.resolveSibling(SET_ASIDE);
    LOG.warn(
        "Units and results of the last run are lost: {} cannot be used, {}; it is now {}",
        file,
        reason,
        aside.getFileName());
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} cannot be moved ({}); it will be written over", file, e.toString());
    }
  }

  /**
   * Puts a checkpoint in place of the one before; no file at all if there is nothing in it.
   *
   * @param durable whether it must survive a power cut as soon as this returns
   */
  void write(Checkpoint checkpoint, boolean durable) throws IOException {
    if (checkpoint.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path unfinished = file.resolveSibling(NAME + ".tmp");
    Files.write(unfinished, CheckpointFormat.write(checkpoint));
    if (durable) {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (durable) {
      SafeFile.forceDirectory(directory);
    }
  }
}
