package io.p2pmining.master.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the bytes that come and go on all connections, as the next handler to each socket. Used by
 * all event loops at once; may be read by any thread.
 */
@ChannelHandler.Sharable
final class TrafficCounter extends ChannelDuplexHandler {

  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      received.add(bytes.readableBytes());
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      sent.add(bytes.readableBytes());
    }
    ctx.write(message, promise);
  }

  long receivedBytes() {
    return received.sum();
  }

  long sentBytes() {
    return sent.sum();
  }
}
