package io.p2pmining.common.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes a channel so that the peer can read the last message. Closing a TCP socket while bytes of
 * the peer are unread makes the system send a reset, which can overtake the last message; so only
 * the sending half is closed at first, and what still arrives is discarded.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing cannot fail in a way that matters
final class LingeringClose {

  private LingeringClose() {}

  /** Closes when the peer has closed, but after {@code linger} at the latest. */
  static void start(ChannelHandlerContext ctx, ChannelFuture lastWrite, Duration linger) {
    Future<?> deadline =
        ctx.executor().schedule(() -> ctx.close(), linger.toNanos(), TimeUnit.NANOSECONDS);
    ctx.channel().closeFuture().addListener(closed -> deadline.cancel(false));
    lastWrite.addListener(
        written -> {
          if (written.isSuccess() && ctx.channel() instanceof DuplexChannel socket) {
            socket.shutdownOutput();
          } else {
            ctx.close();
          }
        });
  }
}
