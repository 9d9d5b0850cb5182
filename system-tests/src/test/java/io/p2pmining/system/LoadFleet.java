package io.p2pmining.system;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.HeldUnit;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Workers that load a master, all on one event loop. They connect by themselves whenever they are
 * not, and lose a connection now and then.
 */
final class LoadFleet implements AutoCloseable {

  /** Cheap to hash, so that the load is on storing and not on verifying. */
  static final String ALGORITHM = "sha256d";

  private static final int HASHES_PER_SECOND = 10_000;
  private static final long TICK_MS = 20;
  private static final int TICKS_PER_PROGRESS = 20;

  /** Each worker loses its connection about once in ten seconds. */
  private static final int TICKS_PER_DROP = 500;

  private static final int SHORTEST_PAUSE_MS = 20;
  private static final int LONGEST_PAUSE_MS = 300;
  private static final int CONNECT_TIMEOUT_MS = 2000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final RandomGenerator random;
  private final InetSocketAddress master;
  private final PreparedSeed prepared;
  private final Hasher hasher;
  private final List<LoadWorker> workers = new ArrayList<>();
  private final Witness witness = new Witness();
  private boolean dropping;
  private int ticks;

  /** Connects so many workers. */
  LoadFleet(InetSocketAddress master, int count, RandomGenerator random) throws Exception {
    this.master = master;
    this.random = random;
    prepared =
        PowAlgorithms.load()
            .find(ALGORITHM)
            .orElseThrow()
            .prepare(new byte[0], HashingMode.LIGHT, Preparation.onThreads(1));
    hasher = prepared.newHasher();
    for (int i = 0; i < count; i++) {
      add("load-" + i, NodeId.random(random));
    }
    loop.submit(() -> workers.forEach(this::connect)).sync();
    loop.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  private void add(String name, NodeId id) {
    LoadWorker[] self = new LoadWorker[1];
    self[0] =
        new LoadWorker(name, id, HASHES_PER_SECOND, hasher, witness, () -> connectSoon(self[0]));
    workers.add(self[0]);
  }

  private void connect(LoadWorker worker) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
            .handler(
                ProtocolPipeline.forWorker(
                    ConnectionLimits.DEFAULT, Clock.systemUTC(), worker::newSession))
            .connect(master);
    connecting.addListener(
        done -> {
          if (!done.isSuccess()) {
            connectSoon(worker);
          }
        });
  }

  private void connectSoon(LoadWorker worker) {
    if (!loop.isShuttingDown()) {
      long pause = random.nextInt(SHORTEST_PAUSE_MS, LONGEST_PAUSE_MS);
      loop.schedule(() -> connect(worker), pause, TimeUnit.MILLISECONDS);
    }
  }

  private void tick() {
    ticks++;
    for (LoadWorker worker : workers) {
      worker.search(TICK_MS);
      if (ticks % TICKS_PER_PROGRESS == 0) {
        worker.reportProgress();
      }
      if (dropping && random.nextInt(TICKS_PER_DROP) == 0) {
        worker.drop();
      }
    }
  }

  /** From now on workers lose their connections now and then. */
  void loseConnections() throws InterruptedException {
    loop.submit(() -> dropping = true).sync();
  }

  /** No worker searches or loses its connection any more; what was found is still delivered. */
  void rest() throws InterruptedException {
    loop.submit(
            () -> {
              dropping = false;
              workers.forEach(LoadWorker::rest);
            })
        .sync();
  }

  Witness witness() {
    return witness;
  }

  /** How many results wait for an acknowledgement. */
  int unacknowledged() {
    return ask(() -> workers.stream().mapToInt(LoadWorker::unacknowledged).sum());
  }

  /** How many nonces the workers have searched. */
  long hashes() {
    return ask(() -> workers.stream().mapToLong(LoadWorker::hashes).sum());
  }

  boolean areAllConnected() {
    return ask(() -> workers.stream().allMatch(LoadWorker::isConnected));
  }

  /** By worker, what it has in hand. */
  Map<String, Set<HeldUnit>> inHand() {
    return ask(
        () -> {
          Map<String, Set<HeldUnit>> held = new HashMap<>();
          for (LoadWorker worker : workers) {
            held.put(worker.peer(), worker.inHand().collect(Collectors.toSet()));
          }
          return held;
        });
  }

  private <T> T ask(Callable<T> question) {
    return loop.submit(question).syncUninterruptibly().getNow();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    hasher.close();
    prepared.close();
  }
}
