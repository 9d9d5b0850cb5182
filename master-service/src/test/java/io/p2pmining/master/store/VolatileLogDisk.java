package io.p2pmining.master.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * Log files on a {@link VolatileDisk}, of which also the names are lost that were not forced. A
 * deleted file may come back.
 */
class VolatileLogDisk implements LogDisk {

  private final Set<Path> certain = new HashSet<>();
  private final Set<Path> uncertain = new HashSet<>();
  private final List<Path> deleted = new CopyOnWriteArrayList<>();

  @Override
  public FileChannel open(Path file) throws IOException {
    synchronized (this) {
      if (!Files.exists(file)) {
        uncertain.add(file);
      }
    }
    return FilePath.get(VolatileDisk.SCHEME + ":" + file).open("rw");
  }

  @Override
  public void delete(Path file) throws IOException {
    synchronized (this) {
      if (certain.remove(file)) {
        uncertain.add(file);
      } else {
        uncertain.remove(file);
      }
    }
    Files.deleteIfExists(file);
    deleted.add(file);
  }

  /** The files that were deleted. */
  List<Path> deleted() {
    return deleted;
  }

  @Override
  public synchronized void forceDirectory(Path directory) throws IOException {
    uncertain.clear();
    certain.clear();
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(certain::add);
    }
  }

  /**
   * The files as they would be if the power failed now.
   *
   * @param random chooses what of the cache reached the platter; nothing does for null
   */
  synchronized void afterPowerCut(Path copy, @Nullable Random random) throws IOException {
    Files.createDirectories(copy);
    for (Path file : List.copyOf(certain)) {
      VolatileDisk.afterPowerCut(file, copy.resolve(file.getFileName()), random);
    }
    for (Path file : List.copyOf(uncertain)) {
      if (random != null && random.nextBoolean()) {
        VolatileDisk.afterPowerCut(file, copy.resolve(file.getFileName()), random);
      }
    }
  }
}
