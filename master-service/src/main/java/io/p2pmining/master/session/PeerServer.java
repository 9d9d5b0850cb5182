package io.p2pmining.master.session;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.service.startup.StartupException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Accepts the connections of workers. Opened and closed once, by the thread that wires the
 * application; what happens on a connection happens on one of the server's event loops.
 *
 * <p>Sessions refuse whoever comes when all places are taken. A refused socket lingers until its
 * ERROR is read; no more than {@link #MAX_LINGERING} do, others are closed without a word.
 */
final class PeerServer implements AutoCloseable {

  /** Refused sockets linger for half a second at most, so this allows 128 refusals a second. */
  private static final int MAX_LINGERING = 64;

  /** Frames are small and rare; two loops move those of thousands of peers. */
  private static final int EVENT_LOOPS = 2;

  /** Connections that the system holds until they are accepted; more have to try again. */
  private static final int BACKLOG = 256;

  /** How long peers may take to read their GOODBYE. */
  private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(1);

  private final EventLoopGroup loops;
  private final ChannelGroup sockets;
  private final Channel acceptor;

  private PeerServer(EventLoopGroup loops, ChannelGroup sockets, Channel acceptor) {
    this.loops = loops;
    this.sockets = sockets;
    this.acceptor = acceptor;
  }

  /**
   * Begins to listen.
   *
   * @throws StartupException if the address cannot be had
   */
  static PeerServer open(
      Supplier<ServerSettings> settings, ProtocolPipeline pipeline, TrafficCounter traffic) {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("p2p"), NioIoHandler.newFactory());
    ChannelGroup sockets = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(
                boundedBy(
                    () -> settings.get().maxConnections() + MAX_LINGERING,
                    sockets,
                    pipeline,
                    traffic))
            .bind(settings.get().bindAddress(), settings.get().p2pPort())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw unavailable(settings.get(), bound.cause());
    }
    return new PeerServer(loops, sockets, bound.channel());
  }

  private static ChannelInitializer<Channel> boundedBy(
      IntSupplier maxSockets,
      ChannelGroup sockets,
      ProtocolPipeline pipeline,
      TrafficCounter traffic) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (sockets.size() >= maxSockets.getAsInt()) {
          channel.close();
          return;
        }
        sockets.add(channel);
        channel.pipeline().addLast(traffic).addLast(pipeline);
      }
    };
  }

  private static StartupException unavailable(ServerSettings settings, Throwable cause) {
    String address = settings.bindAddress() + ":" + settings.p2pPort();
    if (cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use")) {
      return new StartupException(
          "the port for workers, " + address + ", is taken by another process",
          "end that process, or choose another port with p2pmine.master.p2p-port",
          cause);
    }
    return new StartupException(
        "cannot listen for workers on " + address + " (" + cause.getMessage() + ")",
        "choose an address of this machine with p2pmine.master.bind-address and a port above 1023"
            + " with p2pmine.master.p2p-port",
        cause);
  }

  /** Where it listens, with the port it really has. */
  InetSocketAddress address() {
    return (InetSocketAddress) acceptor.localAddress();
  }

  /** How many sockets are open, refused ones that linger included. */
  int openSockets() {
    return sockets.size();
  }

  /** Stops accepting; connections go on. */
  void stopAccepting() {
    acceptor.close().awaitUninterruptibly();
  }

  /** Gives peers the time to read what was sent to them, then closes everything. */
  @Override
  public void close() {
    stopAccepting();
    sockets.newCloseFuture().awaitUninterruptibly(GOODBYE_LIMIT.toMillis());
    sockets.close().awaitUninterruptibly(GOODBYE_LIMIT.toMillis());
    loops
        .shutdownGracefully(0, GOODBYE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(GOODBYE_LIMIT.toMillis());
  }
}
