package io.p2pmining.worker.monitor;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.p2pmining.service.startup.StartupException;
import io.p2pmining.worker.node.HttpSettings;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@link MonitorPages} over HTTP to few clients at a time. Nothing in a request is kept, and
 * everything about it is bounded: its line, its headers, its body, its time, and how many there
 * are.
 */
public final class MonitorServer implements AutoCloseable {

  /** Where the search for a free port begins if none is set. */
  static final int DEFAULT_PORT = 9741;

  /** As many workers may be on one machine without settings of their own. */
  private static final int PORTS_TO_TRY = 100;

  private static final int MAX_CONNECTIONS = 32;
  private static final int MAX_LINE_BYTES = 1024;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int MAX_BODY_BYTES = 1024;
  private static final int REQUEST_SECONDS = 10;
  private static final int QUEUED_REQUESTS = 16;
  private static final int IDLE_THREAD_SECONDS = 30;

  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final MonitorPages pages;
  private final ExecutorService executor;
  private final Channel channel;

  private MonitorServer(
      MonitorPages pages, HttpSettings settings, EventLoopGroup loops, ByteBufAllocator allocator) {
    this.pages = pages;
    this.executor = oneThread();
    this.channel = bind(settings, bootstrap(loops, allocator));
  }

  /**
   * Listens.
   *
   * @throws StartupException if the address or the port cannot be had
   */
  static MonitorServer start(
      MonitorPages pages, HttpSettings settings, EventLoopGroup loops, ByteBufAllocator allocator) {
    return new MonitorServer(pages, settings, loops, allocator);
  }

  private static ExecutorService oneThread() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUED_REQUESTS),
            Thread.ofPlatform().daemon().name("monitor").factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private ServerBootstrap bootstrap(EventLoopGroup loops, ByteBufAllocator allocator) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, allocator)
        .childOption(ChannelOption.ALLOCATOR, allocator)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel client) {
                accept(client);
              }
            });
  }

  private void accept(Channel client) {
    if (clients.size() >= MAX_CONNECTIONS) {
      client.unsafe().closeForcibly();
      return;
    }
    clients.add(client);
    client
        .pipeline()
        .addLast(new ReadTimeoutHandler(REQUEST_SECONDS))
        .addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(MAX_LINE_BYTES)
                    .setMaxHeaderSize(MAX_HEADER_BYTES)))
        .addLast(new HttpObjectAggregator(MAX_BODY_BYTES, true))
        .addLast(new MonitorHandler(pages, executor));
  }

  private static Channel bind(HttpSettings settings, ServerBootstrap bootstrap) {
    Integer wanted = settings.port();
    int first = wanted == null ? DEFAULT_PORT : wanted;
    int last = wanted == null ? DEFAULT_PORT + PORTS_TO_TRY - 1 : wanted;
    ChannelFuture bound = null;
    for (int port = first; port <= last; port++) {
      bound =
          bootstrap.bind(new InetSocketAddress(settings.address(), port)).awaitUninterruptibly();
      if (bound.isSuccess()) {
        return bound.channel();
      }
    }
    throw new StartupException(
        "health and metrics cannot listen on %s, port %s"
            .formatted(settings.address(), first == last ? first : first + " to " + last),
        "choose another address or port with p2pmine.worker.http.address and .port",
        bound == null ? null : bound.cause());
  }

  /** The port it really has. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Stops listening and cuts every client off. */
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    clients.close();
    executor.shutdownNow();
  }
}
