package io.p2pmining.benchmarks.load;

import com.google.protobuf.ByteString;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.ProtocolPipeline;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Many workers on few event loops. Used by one thread. */
final class Swarm implements AutoCloseable {

  /** Connections that are being made at a time, so that the master's backlog is not overrun. */
  private static final int CONNECTING = 64;

  /** Each source address has some twenty-eight thousand ports. */
  private static final int WORKERS_PER_ADDRESS = 20_000;

  /** So far a worker's real speed is from what it says: units do not all end together. */
  private static final double UNEVENNESS = 0.5;

  private static final int CONNECT_TIMEOUT_MS = 20_000;
  private static final int LOOPS = 2;
  private static final int FIRST_SOURCE = 2;

  /** A peer that is not told to be silent is heard at least so often. */
  private static final ConnectionLimits LIMITS =
      new ConnectionLimits(Duration.ofSeconds(60), Duration.ofMillis(500), 1 << 20);

  private final InetSocketAddress master;
  private final double sharesPerSecond;
  private final SplittableRandom random;
  private final long seed;
  private final Tally tally;
  private final JobSwitches switches;
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          LOOPS, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
  private final Map<EventLoop, Sha256d> hashers = new HashMap<>();
  private final Map<EventLoop, Ticks> ticks = new HashMap<>();
  private final List<SimulatedWorker> workers = new ArrayList<>();
  private final List<EventLoop> loopsOfWorkers = new ArrayList<>();

  /**
   * @param sharesPerSecond of each worker on average
   * @param seed what makes the workers of this run unlike those of others
   */
  Swarm(
      InetSocketAddress master,
      double sharesPerSecond,
      long seed,
      Tally tally,
      JobSwitches switches) {
    this.master = master;
    this.sharesPerSecond = sharesPerSecond;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.tally = tally;
    this.switches = switches;
  }

  /** Connects so many workers, some at a time, and waits until each is connected or has failed. */
  void connect(int count) throws InterruptedException {
    Semaphore places = new Semaphore(CONNECTING);
    for (int i = 0; i < count; i++) {
      places.acquire();
      connectOne(i).addListener(done -> places.release());
    }
    places.acquire(CONNECTING);
  }

  private ChannelFuture connectOne(int number) {
    EventLoop loop = loops.next();
    Sha256d hasher = hashers.computeIfAbsent(loop, one -> new Sha256d());
    SimulatedWorker worker =
        new SimulatedWorker(
            nodeId(number),
            "load-" + number,
            sharesPerSecond,
            sharesPerSecond * (1 + UNEVENNESS * (2 * random.nextDouble() - 1)),
            ticks.computeIfAbsent(loop, Ticks::new),
            hasher,
            tally,
            switches);
    workers.add(worker);
    loopsOfWorkers.add(loop);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
            .handler(ProtocolPipeline.forWorker(LIMITS, Clock.systemUTC(), () -> worker));
    if (master.getAddress().isLoopbackAddress()) {
      bootstrap.localAddress(sourceOf(number), 0);
    }
    return bootstrap
        .connect(master)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                tally.error("cannot connect: " + done.cause().getClass().getSimpleName());
              }
            });
  }

  /** Addresses of this machine besides 127.0.0.1, for their ports. */
  static String sourceOf(int number) {
    return "127.0.0." + (FIRST_SOURCE + number / WORKERS_PER_ADDRESS);
  }

  private ByteString nodeId(int number) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(seed | 1).putLong(number).flip());
  }

  /** Lets all workers search, each at another moment of its pace. */
  void start() {
    for (int i = 0; i < workers.size(); i++) {
      SimulatedWorker worker = workers.get(i);
      double phase = random.nextDouble();
      loopsOfWorkers.get(i).execute(() -> worker.start(phase));
    }
  }

  /** Lets all workers say goodbye. */
  @Override
  public void close() {
    for (int i = 0; i < workers.size(); i++) {
      SimulatedWorker worker = workers.get(i);
      loopsOfWorkers.get(i).execute(worker::leave);
    }
    loops
        .shutdownGracefully(1, CONNECT_TIMEOUT_MS / 1000, TimeUnit.SECONDS)
        .awaitUninterruptibly(CONNECT_TIMEOUT_MS);
  }
}
