package io.p2pmining.common.frame;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.zip.CRC32C;

/** Frames as bytes, right ones and wrong ones. */
public final class Frames {

  private Frames() {}

  /** What the encoder makes of a message. */
  public static byte[] encode(MessageLite message) {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameEncoder());
    channel.writeOutbound(message);
    ByteBuf frame = channel.readOutbound();
    try {
      return ByteBufUtil.getBytes(frame);
    } finally {
      frame.release();
      channel.finishAndReleaseAll();
    }
  }

  /** A frame of any payload with a right header. */
  public static byte[] frame(int typeNumber, byte[] payload) {
    return frame(FrameHeader.MAGIC, FrameHeader.VERSION, typeNumber, payload);
  }

  public static byte[] frame(int magic, int version, int typeNumber, byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    ByteBuf buffer = Unpooled.buffer();
    buffer.writeInt(magic).writeShort(version).writeShort(typeNumber);
    buffer.writeInt(payload.length).writeInt((int) crc.getValue()).writeBytes(payload);
    return ByteBufUtil.getBytes(buffer);
  }

  /** A header without its payload. */
  public static byte[] header(int typeNumber, long payloadLength) {
    ByteBuf buffer = Unpooled.buffer();
    buffer.writeInt(FrameHeader.MAGIC).writeShort(FrameHeader.VERSION).writeShort(typeNumber);
    buffer.writeInt((int) payloadLength).writeInt(0);
    return ByteBufUtil.getBytes(buffer);
  }

  /** The header that 16 bytes spell. */
  public static FrameHeader readHeader(byte[] header) {
    return FrameHeader.read(Unpooled.wrappedBuffer(header));
  }
}
