package io.p2pmining.master.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of a log: records, one after the other.
 *
 * <pre>
 *  0        4        8               8 + length
 * +--------+--------+---------------+--------
 * | length | CRC    | JSON          | next …
 * +--------+--------+---------------+--------
 * </pre>
 *
 * <p>Both numbers are big-endian; the CRC is CRC-32C of the length and the JSON. What does not fit
 * that at the end was never acknowledged: the record that was being written when the power failed.
 * Written by one thread; its end may be read by others.
 */
final class LogSegment implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogSegment.class);

  static final int HEADER_BYTES = 2 * Integer.BYTES;

  private final Path file;
  private final FileChannel channel;
  private volatile long length;
  private volatile long lastNumber;
  private boolean usable = true;

  LogSegment(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Receives records in the order in which they were written. */
  interface Visitor {

    /**
     * Takes a record.
     *
     * @return whether more are wanted
     */
    boolean visit(byte[] bytes, int offset, int recordLength) throws StoreException;
  }

  Path file() {
    return file;
  }

  /** The number of the last group in it; 0 if there is none. */
  long lastNumber() {
    return lastNumber;
  }

  /** How many bytes of whole records it has. */
  long length() {
    return length;
  }

  /** Whether more can be appended. After a force that failed nobody knows what is in the file. */
  boolean isUsable() {
    return usable && channel.isOpen();
  }

  private static int crc(byte[] bytes, int start, int recordLength) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, Integer.BYTES);
    crc.update(bytes, start + HEADER_BYTES, recordLength);
    return (int) crc.getValue();
  }

  /**
   * Appends a record and waits until it is on the disk.
   *
   * @throws IOException if it is not; what was written of it is cut off again, or passed over by
   *     whoever reads the file
   */
  void append(LogBuffer record, long number) throws IOException {
    long start = length;
    boolean written = false;
    try {
      long position = start;
      for (ByteBuffer piece : record.finish()) {
        while (piece.hasRemaining()) {
          position += channel.write(piece, position);
        }
      }
      written = true;
      channel.force(false);
      length = position;
      lastNumber = number;
    } catch (IOException e) {
      usable = !written;
      cutOff(start);
      throw e;
    }
  }

  private void cutOff(long end) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      usable = false;
      LOG.debug("{} cannot be cut off at {}", file, end, e);
    }
  }

  /** Makes it durable that the file is there. */
  void force() throws IOException {
    channel.force(true);
  }

  /**
   * Reads a file from its beginning.
   *
   * @return how many bytes at the end are no whole record
   */
  static long read(FileChannel from, Visitor visitor) throws IOException, StoreException {
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(from.size()));
    while (all.hasRemaining() && from.read(all, all.position()) >= 0) {
      // Reads on until everything is there.
    }
    all.flip();
    while (all.remaining() >= HEADER_BYTES) {
      int start = all.position();
      int recordLength = all.getInt(start);
      if (recordLength <= 0
          || recordLength > all.remaining() - HEADER_BYTES
          || all.getInt(start + Integer.BYTES) != crc(all.array(), start, recordLength)) {
        break;
      }
      all.position(start + HEADER_BYTES + recordLength);
      if (!visitor.visit(all.array(), start + HEADER_BYTES, recordLength)) {
        return 0;
      }
    }
    return all.remaining();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("{} cannot be closed", file, e);
    }
  }
}
