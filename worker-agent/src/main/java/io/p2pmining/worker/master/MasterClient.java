package io.p2pmining.worker.master;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.common.node.Backoff;
import io.p2pmining.worker.node.MasterAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session with the master for as long as the worker lives. A thread of its own looks the
 * host up, connects, waits for the session's end, waits a little longer each time, and begins anew:
 * looking up a name may block for seconds, which an event loop must not.
 */
final class MasterClient implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MasterClient.class);

  /** A master that does not answer within this time is not there. */
  private static final int CONNECT_TIMEOUT_MS = 5_000;

  /** A master that throws workers out at once must not be asked again at once, for ever. */
  private static final Duration STABLE = Duration.ofSeconds(5);

  /** How long a goodbye may take before the connection is cut. */
  private static final Duration GOODBYE_LIMIT = Duration.ofMillis(700);

  private final MasterAddress master;
  private final SessionContext context;
  private final EventLoopGroup loops;
  private final ByteBufAllocator allocator;
  private final Backoff backoff;
  private final InstantSource clock;
  private final Thread connector;
  private final CountDownLatch closing = new CountDownLatch(1);

  private volatile @Nullable MasterSession session;

  MasterClient(
      MasterAddress master,
      SessionContext context,
      EventLoopGroup loops,
      ByteBufAllocator allocator,
      Backoff backoff,
      InstantSource clock) {
    this.master = master;
    this.context = context;
    this.loops = loops;
    this.allocator = allocator;
    this.backoff = backoff;
    this.clock = clock;
    // Not a daemon: as long as it runs, so does the worker.
    this.connector = Thread.ofPlatform().name("master-connector").unstarted(this::keepConnected);
  }

  /** Begins to connect; called once. */
  void start() {
    connector.start();
  }

  private void keepConnected() {
    try {
      while (!isClosing()) {
        Outage outage = connectAndStay();
        if (!isClosing()) {
          Duration wait = backoff.next();
          context.events().outage(outage, wait);
          boolean ignored = closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to end
    }
  }

  /** Returns when there is no connection any more, or never was one. */
  private Outage connectAndStay() throws InterruptedException {
    MasterSession attempt = new MasterSession(context);
    try {
      ChannelFuture connecting = connect(attempt);
      if (!connecting.await().isSuccess()) {
        return Outage.ofAttempt(rootOf(connecting.cause()));
      }
      session = attempt;
      if (isClosing()) {
        attempt.leave("the worker is stopping");
      }
      Instant connectedAt = clock.instant();
      Closure closure = attempt.ended().get();
      if (Duration.between(connectedAt, clock.instant()).compareTo(STABLE) >= 0) {
        backoff.reset();
      }
      return Outage.ofClosure(closure, attempt.wasReady());
    } catch (UnknownHostException e) {
      return Outage.ofAttempt(e);
    } catch (RuntimeException e) {
      LOG.error("Bug while connecting; the worker goes on trying", e);
      return Outage.ofAttempt(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a session's end is a result, never a failure", e);
    } finally {
      session = null;
    }
  }

  private ChannelFuture connect(MasterSession attempt) throws UnknownHostException {
    InetAddress host = InetAddress.getByName(master.host());
    return new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.ALLOCATOR, allocator)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
        .handler(ProtocolPipeline.forWorker(ConnectionLimits.DEFAULT, clock, () -> attempt))
        .connect(new InetSocketAddress(host, master.port()));
  }

  /** Netty wraps the system's exception to add the address, which we say ourselves. */
  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Says goodbye and ends; returns within a second. */
  @Override
  public void close() {
    closing.countDown();
    MasterSession open = session;
    if (open != null) {
      open.leave("the worker is stopping");
    }
    try {
      if (!connector.join(GOODBYE_LIMIT)) {
        connector.interrupt();
      }
    } catch (InterruptedException e) {
      connector.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
