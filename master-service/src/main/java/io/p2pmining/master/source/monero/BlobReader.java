package io.p2pmining.master.source.monero;

/** Walks through a serialised block from front to back. Used by one thread. */
final class BlobReader {

  private static final int PAYLOAD_BITS = 7;
  private static final int MORE = 0x80;

  private final byte[] blob;
  private int offset;

  BlobReader(byte[] blob, int offset) {
    this.blob = blob;
    this.offset = offset;
  }

  /** Where the next read begins. */
  int offset() {
    return offset;
  }

  /** How many bytes are left. */
  int remaining() {
    return blob.length - offset;
  }

  int next() throws MalformedBlobException {
    if (remaining() < 1) {
      throw new MalformedBlobException("the blob ends", offset);
    }
    return blob[offset++] & 0xff;
  }

  /** Reads a byte that can only be {@code expected}. */
  void expect(int expected, String what) throws MalformedBlobException {
    int start = offset;
    int found = next();
    if (found != expected) {
      throw new MalformedBlobException(what + " is " + found + ", not " + expected, start);
    }
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  long varint() throws MalformedBlobException {
    int start = offset;
    long value = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += PAYLOAD_BITS) {
      int next = next();
      value |= (long) (next & ~MORE) << shift;
      if ((next & MORE) == 0) {
        return value;
      }
    }
    throw new MalformedBlobException("a number has more than 63 bits", start);
  }

  /** Reads a number that says how many things of at least {@code size} bytes follow. */
  int count(int size) throws MalformedBlobException {
    int start = offset;
    long count = varint();
    if (count > remaining() / size) {
      throw new MalformedBlobException("a count of " + count + " exceeds the blob", start);
    }
    return (int) count;
  }

  void skip(int count) throws MalformedBlobException {
    if (count > remaining()) {
      throw new MalformedBlobException("the blob ends within " + count + " bytes", offset);
    }
    offset += count;
  }
}
