package io.p2pmining.common.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.frame.Role;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.HelloReply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The timers of a connection: how long the handshake may take, how long the peer may be silent,
 * when to send a heartbeat. Owned by its channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the handler hears of every failed write
final class Liveness {

  /** The user event for a connection that is up for long enough to be done with its handshake. */
  record HandshakeOverdue() {}

  private final Role self;
  private final Conversation conversation;
  private final Supplier<Heartbeat> heartbeats;
  private final InstantSource clock;
  private final List<Future<?>> timers = new ArrayList<>(2);

  private long sequence;

  Liveness(
      Role self, Conversation conversation, Supplier<Heartbeat> heartbeats, InstantSource clock) {
    this.self = self;
    this.conversation = conversation;
    this.heartbeats = heartbeats;
    this.clock = clock;
  }

  void awaitHandshake(ChannelHandlerContext ctx, Duration timeout) {
    timers.add(
        ctx.executor()
            .schedule(
                () -> ctx.pipeline().fireUserEventTriggered(new HandshakeOverdue()),
                timeout.toNanos(),
                TimeUnit.NANOSECONDS));
  }

  /** Keeps to the times that the master chose. Called once. */
  void follow(ChannelHandlerContext ctx, HelloReply reply) {
    // Behind the decoder: whole frames are a sign of life, single bytes are not.
    ctx.pipeline()
        .addBefore(
            ctx.name(),
            "silence",
            new IdleStateHandler(reply.getIdleTimeoutMs(), 0, 0, TimeUnit.MILLISECONDS));
    int intervalMs = reply.getHeartbeatIntervalMs();
    timers.add(
        ctx.executor()
            .scheduleAtFixedRate(() -> beat(ctx), intervalMs, intervalMs, TimeUnit.MILLISECONDS));
  }

  private void beat(ChannelHandlerContext ctx) {
    if (!conversation.allows(self, MessageType.HEARTBEAT)) {
      return;
    }
    sequence++;
    try {
      Heartbeat heartbeat =
          heartbeats.get().toBuilder().setSequence(sequence).setSentAtMs(clock.millis()).build();
      ctx.channel().writeAndFlush(heartbeat);
    } catch (RuntimeException e) {
      // A timer has nobody to throw to; the handler ends the connection.
      ctx.pipeline().fireExceptionCaught(e);
    }
  }

  void stop() {
    timers.forEach(timer -> timer.cancel(false));
    timers.clear();
  }
}
