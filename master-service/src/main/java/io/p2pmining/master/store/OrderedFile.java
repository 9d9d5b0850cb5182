package io.p2pmining.master.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 that a power cut does not damage: addresses {@code ordered:/path}.
 *
 * <p>H2 appends chunks of pages, and takes a chunk for whole if its first and its last bytes are
 * there: it has no checksum over what is between. So all but the last sector is forced before that
 * one is written, which holds the footer; and everything before the header in the first two blocks
 * is written, which says where the latest chunk is. It costs a force for each chunk, a few in a
 * second, on H2's own thread.
 */
public final class OrderedFile extends FilePathWrapper {

  static final String SCHEME = "ordered";

  /** What disks write as a whole, or not at all. */
  private static final int SECTOR_BYTES = 512;

  private static final int HEADER_BYTES = 2 * 4096;

  /** For H2, which makes one for every path. */
  public OrderedFile() {}

  /** Makes the scheme known to H2. */
  static void register() {
    FilePath.register(new OrderedFile());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    FileChannel file = getBase().open(mode);
    return mode.equals("r") ? file : new Ordered(file);
  }

  private static final class Ordered extends ForwardingChannel {

    Ordered(FileChannel file) {
      super(file);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      int written = write(source, position());
      position(position() + written);
      return written;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      if (position < HEADER_BYTES) {
        force(false);
      }
      int end = source.limit();
      int start = source.position();
      if (source.remaining() > SECTOR_BYTES) {
        source.limit(end - SECTOR_BYTES);
        while (source.hasRemaining()) {
          super.write(source, position + source.position() - start);
        }
        force(false);
        source.limit(end);
      }
      while (source.hasRemaining()) {
        super.write(source, position + source.position() - start);
      }
      return end - start;
    }
  }
}
