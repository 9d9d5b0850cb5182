package io.p2pmining.master.store;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A record that is being written, in pieces that are used again: no array is so large that the
 * collector must find a place of its own for it. Used by one thread.
 */
final class LogBuffer extends OutputStream {

  private static final int PIECE_BYTES = 1 << 18;

  /** More pieces than usual records need are let go: 2 MiB. */
  private static final int KEPT_PIECES = 8;

  private final List<byte[]> pieces = new ArrayList<>();
  private int current;
  private int used;

  LogBuffer() {
    pieces.add(new byte[PIECE_BYTES]);
    begin();
  }

  /** Begins another record, with room for its header. */
  void begin() {
    while (pieces.size() > KEPT_PIECES) {
      pieces.removeLast();
    }
    current = 0;
    used = LogSegment.HEADER_BYTES;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    int from = offset;
    while (from < offset + count) {
      if (used == PIECE_BYTES) {
        current++;
        used = 0;
        if (current == pieces.size()) {
          pieces.add(new byte[PIECE_BYTES]);
        }
      }
      int part = Math.min(offset + count - from, PIECE_BYTES - used);
      System.arraycopy(source, from, pieces.get(current), used, part);
      from += part;
      used += part;
    }
  }

  /** The size with the header. */
  int size() {
    return current * PIECE_BYTES + used;
  }

  /** The whole record, header included, in pieces; valid until the next one begins. */
  List<ByteBuffer> finish() {
    ByteBuffer header = ByteBuffer.wrap(pieces.getFirst(), 0, LogSegment.HEADER_BYTES);
    header.putInt(size() - LogSegment.HEADER_BYTES);
    CRC32C crc = new CRC32C();
    crc.update(pieces.getFirst(), 0, Integer.BYTES);
    List<ByteBuffer> whole = new ArrayList<>();
    for (int i = 0; i <= current; i++) {
      int start = i == 0 ? LogSegment.HEADER_BYTES : 0;
      int end = i < current ? PIECE_BYTES : used;
      crc.update(pieces.get(i), start, end - start);
      whole.add(ByteBuffer.wrap(pieces.get(i), 0, end));
    }
    header.putInt((int) crc.getValue());
    return whole;
  }
}
