package io.p2pmining.common.frame;

import io.netty.buffer.ByteBuf;
import io.p2pmining.common.wire.v1.Error;

/**
 * The 16 bytes before every payload, in network byte order.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                    magic 0x4D494E45 "MINE"                    |  0
 *  +-------------------------------+-------------------------------+
 *  |          version = 1          |             type              |  4
 *  +-------------------------------+-------------------------------+
 *  |                        payload length                         |  8
 *  +---------------------------------------------------------------+
 *  |                    CRC-32C of the payload                     | 12
 *  +---------------------------------------------------------------+
 *  |                          payload ...                            16
 * </pre>
 *
 * The values are as they stand on the wire; {@link #type()} judges them.
 *
 * @param magic {@link #MAGIC} in every right frame
 * @param version the protocol version, 0 to 65535
 * @param typeNumber the number of the {@link MessageType}, 0 to 65535
 * @param payloadLength the payload's length in bytes, 0 to 2³² − 1
 * @param checksum the CRC-32C of the payload
 */
public record FrameHeader(
    int magic, int version, int typeNumber, long payloadLength, int checksum) {

  /** "MINE" in ASCII. */
  public static final int MAGIC = 0x4D494E45;

  /** The one version of the protocol that this program speaks. */
  public static final int VERSION = 1;

  public static final int MAGIC_OFFSET = 0;
  public static final int VERSION_OFFSET = 4;
  public static final int TYPE_OFFSET = 6;
  public static final int PAYLOAD_LENGTH_OFFSET = 8;
  public static final int CHECKSUM_OFFSET = 12;

  /** The length of the header in bytes. */
  public static final int LENGTH = 16;

  /** The header of a frame of this version. */
  static FrameHeader of(MessageType type, int payloadLength, int checksum) {
    return new FrameHeader(MAGIC, VERSION, type.number(), payloadLength, checksum);
  }

  /** Takes {@link #LENGTH} bytes from the buffer, which must have them. */
  static FrameHeader read(ByteBuf in) {
    int start = in.readerIndex();
    FrameHeader header =
        new FrameHeader(
            in.getInt(start + MAGIC_OFFSET),
            in.getUnsignedShort(start + VERSION_OFFSET),
            in.getUnsignedShort(start + TYPE_OFFSET),
            in.getUnsignedInt(start + PAYLOAD_LENGTH_OFFSET),
            in.getInt(start + CHECKSUM_OFFSET));
    in.skipBytes(LENGTH);
    return header;
  }

  /** Writes {@link #LENGTH} bytes at {@code start}; moves no index. */
  void setAt(ByteBuf out, int start) {
    out.setInt(start + MAGIC_OFFSET, magic);
    out.setShort(start + VERSION_OFFSET, version);
    out.setShort(start + TYPE_OFFSET, typeNumber);
    out.setInt(start + PAYLOAD_LENGTH_OFFSET, (int) payloadLength);
    out.setInt(start + CHECKSUM_OFFSET, checksum);
  }

  /**
   * The type of a header in which everything is right so far: all that can be known before a byte
   * of the payload has arrived.
   *
   * @throws ProtocolException at the field that is wrong, counted from the start of the header
   */
  MessageType type() throws ProtocolException {
    if (magic != MAGIC) {
      throw fault(
          Error.Code.CODE_BAD_MAGIC,
          "magic=0x%08X, must be 0x%08X".formatted(magic, MAGIC),
          MAGIC_OFFSET);
    }
    if (version != VERSION) {
      throw fault(
          Error.Code.CODE_UNSUPPORTED_VERSION,
          "frame version=" + version + ", supported=" + VersionRange.SUPPORTED,
          VERSION_OFFSET);
    }
    MessageType type =
        MessageType.ofNumber(typeNumber)
            .orElseThrow(
                () -> fault(Error.Code.CODE_UNKNOWN_TYPE, "type=" + typeNumber, TYPE_OFFSET));
    if (type.isReserved()) {
      throw fault(
          Error.Code.CODE_UNSUPPORTED, "type=" + type + " is reserved, not spoken", TYPE_OFFSET);
    }
    if (payloadLength > type.payloadLimitBytes()) {
      throw fault(
          Error.Code.CODE_TOO_LARGE,
          "type=%s, payload length=%d, limit=%d"
              .formatted(type, payloadLength, type.payloadLimitBytes()),
          PAYLOAD_LENGTH_OFFSET);
    }
    return type;
  }

  private static ProtocolException fault(Error.Code code, String detail, int offset) {
    return new ProtocolException(new Violation(code, detail), offset);
  }
}
