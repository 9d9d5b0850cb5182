package io.p2pmining.common.connection;

import com.google.protobuf.MessageLite;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleStateEvent;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.ProtocolException;
import io.p2pmining.common.frame.ReceivedFrame;
import io.p2pmining.common.frame.Role;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Goodbye;
import io.p2pmining.common.wire.v1.HelloReply;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds both sides to the rules of order and content, and tells the listener what passes. Owned by
 * its channel's event loop.
 *
 * <p>Whatever ends a connection passes through {@link #end} or {@link #endedByPeer} once: the first
 * reason stands, all later trouble on the same connection is its consequence.
 */
@SuppressWarnings("FutureReturnValueIgnored") // every write has a listener; closing cannot fail
final class ProtocolHandler extends ChannelDuplexHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProtocolHandler.class);

  private final Role self;
  private final Conversation conversation;
  private final ConnectionListener listener;
  private final ConnectionLimits limits;
  private final Liveness liveness;

  private @Nullable Closure closure;

  ProtocolHandler(
      Role self,
      Conversation conversation,
      ConnectionListener listener,
      ConnectionLimits limits,
      Liveness liveness) {
    this.self = self;
    this.conversation = conversation;
    this.listener = listener;
    this.limits = limits;
    this.liveness = liveness;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    liveness.awaitHandshake(ctx, limits.handshakeTimeout());
    listener.opened(new Connection(ctx.channel()));
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object frame) throws ProtocolException {
    if (isEnding()) {
      return;
    }
    ReceivedFrame received = (ReceivedFrame) frame;
    try {
      receive(ctx, received.type(), received.message());
    } catch (ProtocolException e) {
      throw e.at(received.offset());
    }
  }

  private void receive(ChannelHandlerContext ctx, MessageType type, MessageLite message)
      throws ProtocolException {
    MessageRules.check(message);
    conversation.advance(self.peer(), type);
    switch (message) {
      case Goodbye goodbye ->
          endedByPeer(ctx, new Closure.PeerLeft(goodbye.getReason(), goodbye.getReturning()));
      case Error error ->
          endedByPeer(ctx, new Closure.PeerRefused(error.getCode(), error.getMessage()));
      case HelloReply reply -> {
        liveness.follow(ctx, reply);
        listener.receive(message);
      }
      default -> listener.receive(message);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (isEnding()) {
      promise.tryFailure(new ClosedChannelException());
      return;
    }
    promise.addListener(written -> noticeBug(ctx, written.cause()));
    MessageLite outgoing = (MessageLite) message;
    try {
      MessageRules.check(outgoing);
      conversation.advance(self, MessageType.of(outgoing));
    } catch (ProtocolException e) {
      promise.tryFailure(
          new IllegalArgumentException("would send what a peer must refuse: " + e.getMessage()));
      return;
    }
    ctx.write(outgoing, promise);
    switch (outgoing) {
      case HelloReply reply -> liveness.follow(ctx, reply);
      case Goodbye goodbye -> closeAfter(ctx, promise, new Closure.Left(goodbye.getReason()));
      case Error error -> closeAfter(ctx, promise, new Closure.Left(error.getMessage()));
      default -> {}
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case IdleStateEvent idle -> timedOut(ctx, "no frame within the idle timeout");
      case Liveness.HandshakeOverdue overdue -> {
        if (conversation.state() != Conversation.State.READY) {
          timedOut(ctx, "the handshake stopped in state " + conversation.state());
        }
      }
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  private void timedOut(ChannelHandlerContext ctx, String detail) {
    end(ctx, Error.Code.CODE_TIMEOUT, detail, new Closure.TimedOut(detail));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!ctx.channel().isWritable()) {
      // No ERROR: it would only wait behind everything that the peer does not read.
      long pendingBytes =
          ctx.channel().bytesBeforeWritable() + ctx.channel().config().getWriteBufferLowWaterMark();
      endedByPeer(ctx, new Closure.Overflowed(pendingBytes));
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case ProtocolException fault ->
          end(
              ctx,
              fault.violation().code(),
              fault.violation().detail(),
              new Closure.PeerFaulted(fault));
      case IOException lost ->
          endedByPeer(ctx, new Closure.Lost(String.valueOf(lost.getMessage())));
      default -> bug(ctx, cause);
    }
  }

  private void noticeBug(ChannelHandlerContext ctx, @Nullable Throwable cause) {
    if (cause != null && !(cause instanceof IOException)) {
      bug(ctx, cause);
    }
  }

  private void bug(ChannelHandlerContext ctx, Throwable cause) {
    LOG.error("Bug in the connection with {}; it is closed", ctx.channel().remoteAddress(), cause);
    String reason = "internal error";
    end(ctx, Error.Code.CODE_INTERNAL, reason, new Closure.Left(reason));
  }

  /** Ends the connection from this side: one ERROR, then closed. */
  private void end(ChannelHandlerContext ctx, Error.Code code, String message, Closure reason) {
    if (isEnding()) {
      return;
    }
    conversation.end();
    Error error = Error.newBuilder().setCode(code).setMessage(Text.printable(message)).build();
    closeAfter(ctx, ctx.writeAndFlush(error), reason);
  }

  /** Ends the connection at once: the peer said its last word or cannot be told anything. */
  private void endedByPeer(ChannelHandlerContext ctx, Closure reason) {
    conversation.end();
    if (closure == null) {
      closure = reason;
    }
    ctx.close();
  }

  private void closeAfter(ChannelHandlerContext ctx, ChannelFuture lastWrite, Closure reason) {
    if (closure == null) {
      closure = reason;
    }
    LingeringClose.start(ctx, lastWrite, limits.linger());
  }

  private boolean isEnding() {
    return conversation.state() == Conversation.State.ENDED;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    conversation.end();
    liveness.stop();
    listener.closed(closure == null ? new Closure.Lost("closed by the peer") : closure);
    ctx.fireChannelInactive();
  }
}
