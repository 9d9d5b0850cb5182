package io.p2pmining.master.session;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.common.connection.WorkerListener;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.AlgorithmSupport;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.Mode;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkunitAck;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import io.p2pmining.common.wire.v1.WorkunitCancel;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A worker that speaks the protocol over a real socket and says only what a test tells it to. */
public final class ScriptedWorker implements WorkerListener, AutoCloseable {

  private static final long LIMIT_SECONDS = 20;

  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<MessageLite> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Connection> connection = new CompletableFuture<>();
  private final CompletableFuture<Closure> closure = new CompletableFuture<>();
  private volatile Heartbeat heartbeat = Heartbeat.getDefaultInstance();

  /** Connects and says nothing. */
  public static ScriptedWorker connect(InetSocketAddress master) {
    ScriptedWorker worker = new ScriptedWorker();
    new Bootstrap()
        .group(worker.loop)
        .channel(NioSocketChannel.class)
        .handler(
            ProtocolPipeline.forWorker(ConnectionLimits.DEFAULT, Clock.systemUTC(), () -> worker))
        .connect(master)
        .syncUninterruptibly();
    return worker;
  }

  /** Connects and goes through the handshake. */
  public static ScriptedWorker join(InetSocketAddress master, NodeId id) throws Exception {
    ScriptedWorker worker = connect(master);
    worker.send(hello(id));
    worker.expect(HelloReply.class);
    worker.send(capabilities("sha256d"));
    worker.expect(PeerList.class);
    return worker;
  }

  /** The same, under a name and with a rate that it says it has measured of itself. */
  public static ScriptedWorker join(
      InetSocketAddress master, NodeId id, String name, double measuredHashesPerSecond)
      throws Exception {
    ScriptedWorker worker = connect(master);
    worker.send(hello(id).toBuilder().setName(name).build());
    worker.expect(HelloReply.class);
    Capabilities.Builder capabilities = capabilities("sha256d").toBuilder();
    capabilities.getAlgorithmsBuilder(0).setMeasuredHashesPerSecond(measuredHashesPerSecond);
    worker.send(capabilities.build());
    worker.expect(PeerList.class);
    return worker;
  }

  public static Hello hello(NodeId id) {
    return Hello.newBuilder()
        .setNodeId(id.toByteString())
        .setName("rig")
        .setSoftware("scripted/1")
        .setVersionMin(1)
        .setVersionMax(1)
        .build();
  }

  public static Capabilities capabilities(String algorithm) {
    return Capabilities.newBuilder()
        .setCores(8)
        .setMiningThreads(8)
        .setMemoryTotalBytes(16L << 30)
        .setMemoryAvailableBytes(8L << 30)
        .setArchitecture("amd64")
        .setAes(true)
        .setAvx2(true)
        .addAlgorithms(
            AlgorithmSupport.newBuilder()
                .setAlgorithm(algorithm)
                .setMode(Mode.MODE_LIGHT)
                .setEngine("java"))
        .build();
  }

  /** An id that repeats {@code digit}. */
  public static NodeId id(int digit) {
    return NodeId.of(ByteString.fromHex(Integer.toHexString(digit).repeat(32)));
  }

  public void send(MessageLite message) throws Exception {
    connection.get(LIMIT_SECONDS, TimeUnit.SECONDS).send(message);
  }

  /** The next message of this type; others before it are skipped. */
  public <M extends MessageLite> M expect(Class<M> type) throws Exception {
    while (true) {
      MessageLite message = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no " + type.getSimpleName() + "; closed=" + closure.getNow(null));
      }
      if (type.isInstance(message)) {
        return type.cast(message);
      }
    }
  }

  /** The next message, if one comes within the time. */
  public Optional<MessageLite> poll(Duration time) throws InterruptedException {
    return Optional.ofNullable(received.poll(time.toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Why the connection ended. */
  public Closure awaitClosure() throws Exception {
    return closure.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  public boolean isOpen() {
    return !closure.isDone();
  }

  /** What the next heartbeats say. */
  public void beatWith(Heartbeat next) {
    heartbeat = next;
  }

  /** Goes away without a word. */
  public void drop() throws Exception {
    connection.get(LIMIT_SECONDS, TimeUnit.SECONDS).drop();
  }

  @Override
  public void opened(Connection opened) {
    connection.complete(opened);
  }

  @Override
  public Heartbeat nextHeartbeat() {
    return heartbeat;
  }

  @Override
  public void helloReply(HelloReply reply) {
    received.add(reply);
  }

  @Override
  public void peerList(PeerList peers) {
    received.add(peers);
  }

  @Override
  public void workunitAssign(WorkunitAssign assign) {
    received.add(assign);
  }

  @Override
  public void workunitAck(WorkunitAck ack) {
    received.add(ack);
  }

  @Override
  public void workunitCancel(WorkunitCancel cancel) {
    received.add(cancel);
  }

  @Override
  public void closed(Closure reason) {
    closure.complete(reason);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
