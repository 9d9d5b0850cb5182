package io.p2pmining.common.frame;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.p2pmining.common.wire.v1.Error;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Turns bytes into {@link ReceivedFrame}s. Owned by its channel's event loop.
 *
 * <p>At the first fault it fires one {@link ProtocolException} through the pipeline and discards
 * everything after it: a stream that lost its frame borders cannot be trusted to find them again.
 *
 * <p>Memory: at most one frame that the gate has admitted, within its type's limit, and what one
 * read of the socket brought. Nothing is allocated for a payload before its header was judged.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

  private enum State {
    HEADER,
    PAYLOAD,
    /** After a fault: discard until closed. */
    BAD
  }

  private final FrameGate gate;
  private final CRC32C crc = new CRC32C();

  private State state = State.HEADER;

  // Of the current frame. Numbers: what refers to young objects costs the garbage collector.
  private int payloadLength;
  private int checksum;
  private MessageType type = MessageType.HEARTBEAT;

  /** Where the current frame starts, in bytes since the start of the connection. */
  private long frameOffset;

  /** A decoder that asks {@code gate} about each header. */
  public FrameDecoder(FrameGate gate) {
    this.gate = gate;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      switch (state) {
        case HEADER -> readHeader(in, out);
        case PAYLOAD -> readPayload(in, out);
        case BAD -> in.skipBytes(in.readableBytes());
      }
    } catch (ProtocolException e) {
      state = State.BAD;
      in.skipBytes(in.readableBytes());
      ctx.fireExceptionCaught(e);
    }
  }

  private void readHeader(ByteBuf in, List<Object> out) throws ProtocolException {
    if (in.readableBytes() < FrameHeader.LENGTH) {
      return;
    }
    FrameHeader header = FrameHeader.read(in);
    try {
      type = header.type();
    } catch (ProtocolException e) {
      throw new ProtocolException(e.violation(), frameOffset + e.offset());
    }
    payloadLength = (int) header.payloadLength();
    checksum = header.checksum();
    try {
      gate.admit(type);
    } catch (ProtocolException e) {
      throw e.at(frameOffset + FrameHeader.TYPE_OFFSET);
    }
    state = State.PAYLOAD;
    // At once: nobody calls again for a payload of no bytes.
    readPayload(in, out);
  }

  private void readPayload(ByteBuf in, List<Object> out) throws ProtocolException {
    if (in.readableBytes() < payloadLength) {
      return;
    }
    ByteBuffer payload = in.nioBuffer(in.readerIndex(), payloadLength);
    checkChecksum(payload.duplicate());
    out.add(new ReceivedFrame(type, parse(payload), frameOffset));
    in.skipBytes(payloadLength);
    frameOffset += FrameHeader.LENGTH + payloadLength;
    state = State.HEADER;
  }

  private void checkChecksum(ByteBuffer payload) throws ProtocolException {
    crc.reset();
    crc.update(payload);
    int actual = (int) crc.getValue();
    if (actual != checksum) {
      throw new ProtocolException(
          new Violation(
              Error.Code.CODE_BAD_CHECKSUM,
              "type=%s, checksum=0x%08X, payload's CRC-32C=0x%08X"
                  .formatted(type, checksum, actual)),
          frameOffset + FrameHeader.CHECKSUM_OFFSET);
    }
  }

  private MessageLite parse(ByteBuffer payload) throws ProtocolException {
    CodedInputStream stream = CodedInputStream.newInstance(payload);
    try {
      MessageLite message = type.prototype().getParserForType().parseFrom(stream);
      stream.checkLastTagWas(0);
      return message;
    } catch (InvalidProtocolBufferException e) {
      throw malformed(stream, e);
    }
  }

  private ProtocolException malformed(
      CodedInputStream stream, InvalidProtocolBufferException reason) {
    return new ProtocolException(
        new Violation(
            Error.Code.CODE_MALFORMED,
            "type=" + type + ", payload is no Protocol Buffers message: " + reason.getMessage()),
        frameOffset + FrameHeader.LENGTH + stream.getTotalBytesRead());
  }
}
