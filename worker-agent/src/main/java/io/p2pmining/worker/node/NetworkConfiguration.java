package io.p2pmining.worker.node;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One event loop for everything: a few frames a second, and a scrape now and then. */
@Configuration(proxyBeanMethods = false)
class NetworkConfiguration {

  /** How long connections that are being closed may take when the worker ends. */
  private static final int SHUTDOWN_MS = 200;

  @Bean(destroyMethod = "close")
  NetworkLoop networkLoop() {
    return new NetworkLoop(
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("network", true), NioIoHandler.newFactory()));
  }

  @Bean(destroyMethod = "")
  EventLoopGroup eventLoopGroup(NetworkLoop loop) {
    return loop.group();
  }

  /** Pools would take megabytes to save microseconds. */
  @Bean
  ByteBufAllocator allocator() {
    return new UnpooledByteBufAllocator(false);
  }

  /** Ends the loop without the seconds of silence that a server would wait for. */
  record NetworkLoop(EventLoopGroup group) implements AutoCloseable {
    @Override
    public void close() {
      group.shutdownGracefully(0, SHUTDOWN_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
  }
}
