package io.p2pmining.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.connection.Connection;
import io.p2pmining.common.connection.ConnectionLimits;
import io.p2pmining.common.connection.MasterListener;
import io.p2pmining.common.connection.ProtocolPipeline;
import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Heartbeat;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.WorkunitProgress;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A master on a loopback port that does what a test says, and keeps what it is told. It answers
 * HELLO by itself; a test gets a session to send work on only when the worker has sent CAPABILITIES
 * too, because nothing may be assigned before.
 */
public final class ScriptedMaster implements AutoCloseable {

  public static final NodeId ID = NodeId.ofHex("00112233445566778899aabbccddeeff");

  private static final long PATIENCE_SECONDS = 60;
  private static final int HEARTBEAT_MS = 200;
  private static final int IDLE_TIMEOUT_MS = 60_000;
  private static final int MAX_DEPTH = 8;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
  private final BlockingQueue<Session> refused = new LinkedBlockingQueue<>();
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Channel channel;
  private volatile Error.@Nullable Code refusal;

  /** Listens on {@code port}, 0 for any free one. */
  public ScriptedMaster(int port) {
    channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                ProtocolPipeline.forMaster(
                    ConnectionLimits.DEFAULT, InstantSource.system(), Session::new))
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
  }

  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** From now on answers every HELLO with this error; null accepts again. */
  public void refuse(Error.@Nullable Code code) {
    refusal = code;
  }

  /** The next worker whose handshake is done; its HELLO and CAPABILITIES can still be awaited. */
  public Session awaitSession() throws InterruptedException {
    Session session = sessions.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(session).as("a worker within %d s", PATIENCE_SECONDS).isNotNull();
    return session;
  }

  /** Waits for the next worker that is refused. */
  public void awaitRefusal() throws InterruptedException {
    assertThat(refused.poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("a worker to refuse within %d s", PATIENCE_SECONDS)
        .isNotNull();
  }

  /** Listens no more and cuts every connection; without effect the second time. */
  @Override
  public void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    channel.close().syncUninterruptibly();
    // The end of an event loop alone may leave a socket open.
    connections.forEach(Connection::drop);
    loops.shutdownGracefully(0, 100, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }

  /** One connection of a worker. */
  public final class Session implements MasterListener {

    private final BlockingQueue<MessageLite> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Closure> closures = new LinkedBlockingQueue<>();
    private volatile @Nullable Connection connection;

    /** Owned by the event loop. */
    private boolean introduced;

    @Override
    public void opened(Connection connection) {
      this.connection = connection;
      connections.add(connection);
    }

    @Override
    public void hello(Hello hello) {
      received.add(hello);
      Error.Code code = refusal;
      if (code != null) {
        connection().refuse(code, "as the test says");
        refused.add(this);
        return;
      }
      send(
          HelloReply.newBuilder()
              .setNodeId(ID.toByteString())
              .setName("scripted")
              .setSoftware("test")
              .setVersion(1)
              .setSessionId("s1")
              .setHeartbeatIntervalMs(HEARTBEAT_MS)
              .setIdleTimeoutMs(IDLE_TIMEOUT_MS)
              .setMaxDepth(MAX_DEPTH)
              .build());
    }

    @Override
    public void capabilities(Capabilities capabilities) {
      received.add(capabilities);
      if (!introduced) {
        introduced = true;
        sessions.add(this);
      }
    }

    @Override
    public void workunitRequest(WorkunitRequest request) {
      received.add(request);
    }

    @Override
    public void workunitProgress(WorkunitProgress progress) {
      received.add(progress);
    }

    @Override
    public void workunitResult(WorkunitResult result) {
      received.add(result);
    }

    @Override
    public void heartbeat(Heartbeat heartbeat) {
      received.add(heartbeat);
    }

    @Override
    public void closed(Closure closure) {
      connections.remove(connection());
      closures.add(closure);
    }

    public void send(MessageLite message) {
      connection().send(message);
    }

    /** Cuts the connection without a word. */
    public void cut() {
      connection().drop();
    }

    /** The next message of this kind; others before it are dropped. */
    public <M extends MessageLite> M await(Class<M> kind) throws InterruptedException {
      return kind.cast(awaitAll(kind).getLast());
    }

    /** Everything up to the next message of this kind, in order, that one included. */
    public <M extends MessageLite> List<MessageLite> awaitAll(Class<M> kind)
        throws InterruptedException {
      List<MessageLite> messages = new ArrayList<>();
      do {
        MessageLite message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message)
            .as("a %s within %d s", kind.getSimpleName(), PATIENCE_SECONDS)
            .isNotNull();
        messages.add(message);
      } while (!kind.isInstance(messages.getLast()));
      return messages;
    }

    /** The next results, up to the one that completes a unit. */
    public List<WorkunitResult> awaitCompletion() throws InterruptedException {
      List<WorkunitResult> results = new ArrayList<>();
      do {
        results.add(await(WorkunitResult.class));
      } while (!results.getLast().hasCompleted());
      return results;
    }

    /** Why the connection ended. */
    public Closure awaitClosure() throws InterruptedException {
      Closure closure = closures.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertThat(closure).as("an end within %d s", PATIENCE_SECONDS).isNotNull();
      return closure;
    }

    private Connection connection() {
      Connection open = connection;
      assertThat(open).isNotNull();
      return open;
    }
  }
}
