package io.p2pmining.common.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.p2pmining.common.LeakCheck;
import io.p2pmining.common.Samples;
import io.p2pmining.common.frame.FrameHeader;
import io.p2pmining.common.frame.Frames;
import io.p2pmining.common.frame.MessageType;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.Hello;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.WorkunitAssign;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only real sockets show: resets, full buffers, half-closed connections. */
@ExtendWith(LeakCheck.class)
@Timeout(60)
class SocketTest {

  private static final ConnectionLimits PATIENT =
      new ConnectionLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), 1 << 20);
  private static final ConnectionLimits IMPATIENT =
      new ConnectionLimits(Duration.ofSeconds(30), Duration.ofMillis(100), 1 << 20);

  private final CompletableFuture<Closure> closure = new CompletableFuture<>();
  private final CompletableFuture<Connection> ready = new CompletableFuture<>();
  private final CountDownLatch assigned = new CountDownLatch(1);

  private EventLoopGroup loops;
  private Channel server;

  @BeforeEach
  void startLoops() {
    loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  }

  private void startMaster(ConnectionLimits limits) throws InterruptedException {
    server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                ProtocolPipeline.forMaster(limits, InstantSource.system(), this::masterListener))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  @AfterEach
  void stopLoops() throws InterruptedException {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  private MasterListener masterListener() {
    return new Recorder(this::answer) {
      @Override
      public void closed(Closure reason) {
        closure.complete(reason);
      }
    };
  }

  private void answer(MessageLite message, Connection connection) {
    switch (message) {
      case Hello hello -> connection.send(Samples.helloReply());
      case HelloReply reply -> connection.send(Samples.capabilities());
      case Capabilities capabilities -> ready.complete(connection);
      case WorkunitAssign assign -> assigned.countDown();
      default -> {}
    }
  }

  @Test
  void masterAndWorkerTalkAndPart() throws Exception {
    CompletableFuture<Closure> workerClosure = new CompletableFuture<>();
    startMaster(PATIENT);
    Recorder worker =
        new Recorder(this::answer) {
          @Override
          public void opened(Connection connection) {
            super.opened(connection);
            connection.send(Samples.hello());
          }

          @Override
          public void closed(Closure reason) {
            workerClosure.complete(reason);
          }
        };
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(ProtocolPipeline.forWorker(PATIENT, InstantSource.system(), () -> worker))
        .connect(server.localAddress())
        .sync();

    ready.get().send(Samples.assign());
    assigned.await();
    worker.connection().leave("enough", false);

    assertThat(closure.get()).isEqualTo(new Closure.PeerLeft("enough", false));
    assertThat(workerClosure.get()).isEqualTo(new Closure.Left("enough"));
  }

  @Test
  void refusedPeerThatIsStillSendingIsNotReset() throws Exception {
    startMaster(PATIENT);
    byte[] noise = new byte[32 * 1024];
    Arrays.fill(noise, (byte) 0x55);
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(noise);
      InputStream in = socket.getInputStream();
      assertThat(readError(in).getCode()).isEqualTo(Error.Code.CODE_BAD_MAGIC);
      assertThat(in.read()).as("the end").isEqualTo(-1);

      // A reset would fail these (16 MiB, more than the system holds for a socket that nobody
      // reads)
      // and on some systems take the ERROR away before it was read.
      for (int i = 0; i < 512; i++) {
        out.write(noise);
      }
    }
    assertThat(closure.get()).isInstanceOf(Closure.PeerFaulted.class);
  }

  @Test
  void doesNotLingerForEverForPeerThatKeepsItsSocketOpen() throws Exception {
    startMaster(IMPATIENT);
    try (Socket socket = connect()) {
      socket.getOutputStream().write(new byte[FrameHeader.LENGTH]);

      assertThat(closure.get()).isInstanceOf(Closure.PeerFaulted.class);
    }
  }

  @Test
  void closesPeerThatDoesNotReadPastTheOutboundLimit() throws Exception {
    startMaster(PATIENT);
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(Frames.encode(Samples.hello()));
      assertThat(readHeader(socket.getInputStream()).typeNumber())
          .isEqualTo(MessageType.HELLO_REPLY.number());
      out.write(Frames.encode(Samples.capabilities()));
      Connection connection = ready.get();
      for (int i = 0; connection.isOpen(); i++) {
        assertThat(i).as("messages sent to a peer that reads none").isLessThan(1_000_000);
        connection.send(LargestMessages.assign());
      }

      assertThat(closure.get())
          .isInstanceOfSatisfying(
              Closure.Overflowed.class,
              overflowed ->
                  assertThat(overflowed.pendingBytes())
                      .isBetween(
                          (long) PATIENT.outboundBytes(), PATIENT.outboundBytes() + (128L << 10)));
    }
  }

  @Test
  void failedConnectNeverReachesTheListener() {
    Recorder worker = new Recorder();
    assertThatThrownBy(
            () ->
                new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(
                        ProtocolPipeline.forWorker(PATIENT, InstantSource.system(), () -> worker))
                    .connect(InetAddress.getLoopbackAddress(), 1)
                    .sync())
        .isInstanceOf(IOException.class);

    assertThat(worker.closures()).isEmpty();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect((InetSocketAddress) server.localAddress());
    return socket;
  }

  private static FrameHeader readHeader(InputStream in) throws IOException {
    FrameHeader header = Frames.readHeader(in.readNBytes(FrameHeader.LENGTH));
    in.skipNBytes(header.payloadLength());
    return header;
  }

  private static Error readError(InputStream in) throws IOException {
    FrameHeader header = Frames.readHeader(in.readNBytes(FrameHeader.LENGTH));
    assertThat(header.typeNumber()).isEqualTo(MessageType.ERROR.number());
    return Error.parseFrom(in.readNBytes((int) header.payloadLength()));
  }
}
