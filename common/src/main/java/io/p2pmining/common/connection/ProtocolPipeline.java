package io.p2pmining.common.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.p2pmining.common.frame.FrameDecoder;
import io.p2pmining.common.frame.FrameEncoder;
import io.p2pmining.common.frame.Role;
import java.time.InstantSource;
import java.util.function.Function;
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
  private final Supplier<Endpoint> endpoints;

  private ProtocolPipeline(
      Role self, ConnectionLimits limits, InstantSource clock, Supplier<Endpoint> endpoints) {
    this.self = self;
    this.limits = limits;
    this.clock = clock;
    this.endpoints = endpoints;
  }

  /**
   * For the channels that a master accepts.
   *
   * @param listeners makes the listener of each connection; called on its event loop
   */
  public static ProtocolPipeline forMaster(
      ConnectionLimits limits, InstantSource clock, Supplier<? extends MasterListener> listeners) {
    return new ProtocolPipeline(
        Role.MASTER, limits, clock, () -> Endpoint.of(listeners.get(), Dispatch::to));
  }

  /**
   * For the channels that a worker opens.
   *
   * @param listeners makes the listener of each connection; called on its event loop
   */
  public static ProtocolPipeline forWorker(
      ConnectionLimits limits, InstantSource clock, Supplier<? extends WorkerListener> listeners) {
    return new ProtocolPipeline(
        Role.WORKER, limits, clock, () -> Endpoint.of(listeners.get(), Dispatch::to));
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
        .addLast(protocolHandler(conversation, endpoints.get()));
  }

  private ProtocolHandler protocolHandler(Conversation conversation, Endpoint endpoint) {
    ConnectionListener listener = endpoint.listener();
    Liveness liveness = new Liveness(self, conversation, listener::nextHeartbeat, clock);
    return new ProtocolHandler(self, conversation, listener, endpoint.dispatch(), limits, liveness);
  }

  private WriteBufferWaterMark waterMark() {
    return new WriteBufferWaterMark(limits.outboundBytes() / 2, limits.outboundBytes());
  }

  /** A listener and the way to it. */
  record Endpoint(ConnectionListener listener, Dispatch dispatch) {
    private static <L extends ConnectionListener> Endpoint of(
        L listener, Function<L, Dispatch> dispatch) {
      return new Endpoint(listener, dispatch.apply(listener));
    }
  }
}
