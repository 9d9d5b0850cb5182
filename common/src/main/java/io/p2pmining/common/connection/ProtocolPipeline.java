package io.p2pmining.common.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.p2pmining.common.frame.FrameDecoder;
import io.p2pmining.common.frame.FrameEncoder;
import io.p2pmining.common.frame.Role;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Sets a channel up to speak the protocol, the same on both sides:
 *
 * <pre>
 *  socket ──▶ FrameDecoder ──▶ IdleStateHandler ──▶ ProtocolHandler ──▶ listener
 *  socket ◀── FrameEncoder ◀─────────────────────── ProtocolHandler ◀── Connection
 * </pre>
 *
 * Everything in it runs on the channel's event loop. The idle handler joins with HELLO_REPLY, which
 * says how long a peer may be silent. Immutable and safe for use by any thread.
 */
public final class ProtocolPipeline extends ChannelInitializer<Channel> {

  private final Role self;
  private final ConnectionLimits limits;
  private final InstantSource clock;
  private final Supplier<? extends ConnectionListener> listeners;

  private ProtocolPipeline(
      Role self,
      ConnectionLimits limits,
      InstantSource clock,
      Supplier<? extends ConnectionListener> listeners) {
    this.self = self;
    this.limits = limits;
    this.clock = clock;
    this.listeners = listeners;
  }

  /**
   * For the channels that a master accepts.
   *
   * @param listeners makes the listener of each connection; called on its event loop
   */
  public static ProtocolPipeline forMaster(
      ConnectionLimits limits, InstantSource clock, Supplier<? extends MasterListener> listeners) {
    return new ProtocolPipeline(Role.MASTER, limits, clock, listeners);
  }

  /**
   * For the channels that a worker opens.
   *
   * @param listeners makes the listener of each connection; called on its event loop
   */
  public static ProtocolPipeline forWorker(
      ConnectionLimits limits, InstantSource clock, Supplier<? extends WorkerListener> listeners) {
    return new ProtocolPipeline(Role.WORKER, limits, clock, listeners);
  }

  @Override
  protected void initChannel(Channel channel) {
    channel.config().setWriteBufferWaterMark(waterMark());
    channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    Conversation conversation = new Conversation();
    channel
        .pipeline()
        .addLast(new FrameDecoder(type -> conversation.check(self.peer(), type)))
        .addLast(new FrameEncoder())
        .addLast(protocolHandler(conversation, listeners.get()));
  }

  private ProtocolHandler protocolHandler(Conversation conversation, ConnectionListener listener) {
    Liveness liveness = new Liveness(self, conversation, listener::nextHeartbeat, clock);
    return new ProtocolHandler(self, conversation, listener, limits, liveness);
  }

  private WriteBufferWaterMark waterMark() {
    return new WriteBufferWaterMark(limits.outboundBytes() / 2, limits.outboundBytes());
  }
}
