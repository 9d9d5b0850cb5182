package io.p2pmining.common.frame;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Turns a message into a frame. Owned by its channel's event loop. A message over its type's limit
 * is this program's fault: the write fails with an {@link IllegalArgumentException} and nothing is
 * sent.
 */
public final class FrameEncoder extends MessageToByteEncoder<MessageLite> {

  private final CRC32C crc = new CRC32C();

  public FrameEncoder() {
    super(MessageLite.class);
  }

  @Override
  protected ByteBuf allocateBuffer(
      ChannelHandlerContext ctx, MessageLite message, boolean preferDirect) {
    int capacity = FrameHeader.LENGTH + checkedLength(message);
    return preferDirect ? ctx.alloc().ioBuffer(capacity) : ctx.alloc().heapBuffer(capacity);
  }

  @Override
  protected void encode(ChannelHandlerContext ctx, MessageLite message, ByteBuf out)
      throws IOException {
    int length = message.getSerializedSize();
    int start = out.writerIndex();
    int payloadStart = start + FrameHeader.LENGTH;
    out.ensureWritable(FrameHeader.LENGTH + length);

    CodedOutputStream stream = CodedOutputStream.newInstance(out.nioBuffer(payloadStart, length));
    message.writeTo(stream);
    stream.flush();

    crc.reset();
    crc.update(out.nioBuffer(payloadStart, length));
    FrameHeader.of(MessageType.of(message), length, (int) crc.getValue()).setAt(out, start);
    out.writerIndex(payloadStart + length);
  }

  private static int checkedLength(MessageLite message) {
    MessageType type = MessageType.of(message);
    int length = message.getSerializedSize();
    if (length > type.payloadLimitBytes()) {
      throw new IllegalArgumentException(
          "type=" + type + ", payload length=" + length + ", limit=" + type.payloadLimitBytes());
    }
    return length;
  }
}
