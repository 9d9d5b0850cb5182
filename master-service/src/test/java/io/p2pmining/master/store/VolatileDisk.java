package io.p2pmining.master.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A disk with a cache that a power cut empties: addresses {@code volatile:/path}. What was written
 * reaches the platter when it is forced, or whenever the disk likes, in any order and in part.
 */
public final class VolatileDisk extends FilePathWrapper {

  static final String SCHEME = "volatile";

  private static final int SECTOR = 512;
  private static final Map<String, Platter> PLATTERS = new HashMap<>();

  private static volatile boolean full;

  static {
    FilePath.register(new VolatileDisk());
  }

  /** For H2, which makes one for every path. */
  public VolatileDisk() {}

  /** Makes the scheme known. */
  static void plugIn() {
    full = false;
    synchronized (PLATTERS) {
      PLATTERS.clear();
    }
  }

  /** Lets every write that makes a file longer fail, or ends that. */
  static void fill(boolean nowFull) {
    full = nowFull;
  }

  /** How often this file was forced. */
  static int forces(Path file) {
    return platter(file.toString()).forces;
  }

  /**
   * The file as the platter would have it if the power failed now.
   *
   * @param random chooses what of the cache reached the platter; nothing does for null
   */
  static void afterPowerCut(Path file, Path copy, @Nullable Random random) throws IOException {
    Files.write(copy, platter(file.toString()).survivors(random));
  }

  private static Platter platter(String name) {
    synchronized (PLATTERS) {
      return PLATTERS.computeIfAbsent(name, n -> new Platter());
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new CachedFile(getBase().open(mode), platter(getBase().toString()));
  }

  /** What is certain to survive, and what was written since. */
  private static final class Platter {

    private byte[] bytes = new byte[0];
    private final List<Write> cache = new ArrayList<>();
    private int forces;

    private record Write(long position, byte[] bytes) {}

    /** Writes to a file and notes what was written, so that nothing is forced that never was. */
    synchronized int write(FileChannel file, long position, ByteBuffer source) throws IOException {
      ByteBuffer written = source.duplicate();
      int count = file.write(source, position);
      byte[] copy = new byte[count];
      written.get(copy);
      cache.add(new Write(position, copy));
      return count;
    }

    synchronized void force() {
      forces++;
      for (Write write : cache) {
        bytes = apply(bytes, write, 0, write.bytes.length);
      }
      cache.clear();
    }

    synchronized void truncate(long size) {
      if (size < bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) size);
      }
    }

    synchronized byte[] survivors(@Nullable Random random) {
      byte[] image = bytes.clone();
      if (random != null) {
        for (Write write : cache) {
          for (int sector = 0; sector < write.bytes.length; sector += SECTOR) {
            if (random.nextBoolean()) {
              image = apply(image, write, sector, Math.min(SECTOR, write.bytes.length - sector));
            }
          }
        }
      }
      return image;
    }

    private static byte[] apply(byte[] image, Write write, int offset, int length) {
      int start = (int) write.position + offset;
      byte[] target = start + length > image.length ? Arrays.copyOf(image, start + length) : image;
      System.arraycopy(write.bytes, offset, target, start, length);
      return target;
    }
  }

  /** A file that remembers what was not forced. */
  private static final class CachedFile extends ForwardingChannel {

    private final FileChannel file;
    private final Platter platter;

    CachedFile(FileChannel file, Platter platter) {
      super(file);
      this.file = file;
      this.platter = platter;
    }

    private void checkSpace(long end) throws IOException {
      if (full && end > file.size()) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int written = write(source, file.position());
      file.position(file.position() + written);
      return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      checkSpace(position + source.remaining());
      return platter.write(file, position, source);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      super.force(metaData);
      platter.force();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
      super.truncate(size);
      platter.truncate(size);
      return this;
    }
  }
}
