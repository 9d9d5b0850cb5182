package io.p2pmining.master.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import io.p2pmining.common.connection.Closure;
import io.p2pmining.common.frame.FrameEncoder;
import io.p2pmining.common.wire.v1.Error;
import io.p2pmining.common.wire.v1.HelloReply;
import io.p2pmining.common.wire.v1.PeerList;
import io.p2pmining.common.wire.v1.WorkunitRequest;
import io.p2pmining.master.node.MasterIdentity;
import io.p2pmining.master.peer.PeerLog;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.session.RecordedEvents.Event;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.service.startup.StartupException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over real sockets of the loopback interface. */
class PeerServerTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final RecordedEvents events = new RecordedEvents();
  private final PeerRegistry registry = new PeerRegistry(Clock.systemUTC(), 10, PeerLog.NONE);
  private final List<AutoCloseable> open = new ArrayList<>();
  private PeerServerLifecycle server = started(Settings.server(0, 4));

  @AfterEach
  void closeEverything() throws Exception {
    for (AutoCloseable closeable : open) {
      closeable.close();
    }
    server.stop();
  }

  @Test
  void servesSeveralWorkers() throws Exception {
    join(1);
    join(2);

    assertThat(server.connections()).isEqualTo(2);
    assertThat(registry.all()).hasSize(2).allMatch(peer -> peer.isConnected());
  }

  @Test
  void tellsTheWorkerWhereItReachedTheMaster() throws Exception {
    ScriptedWorker worker = connect();
    worker.send(ScriptedWorker.hello(ScriptedWorker.id(1)));
    worker.expect(HelloReply.class);
    worker.send(ScriptedWorker.capabilities("sha256d"));

    PeerList peers = worker.expect(PeerList.class);

    assertThat(peers.getPeers(0).getHost()).isEqualTo("127.0.0.1");
    assertThat(peers.getPeers(0).getPort()).isEqualTo(server.address().getPort());
  }

  @Test
  void refusesMoreConnectionsThanItMayHave() throws Exception {
    for (int worker = 1; worker <= 4; worker++) {
      join(worker);
    }

    ScriptedWorker fifth = connect();

    assertThat(fifth.awaitClosure())
        .isInstanceOfSatisfying(
            Closure.PeerRefused.class,
            refusal -> assertThat(refusal.code()).isEqualTo(Error.Code.CODE_BUSY));
    assertThat(server.connections()).isEqualTo(4);
  }

  @Test
  void admitsMoreOrFewerConnectionsWhenTheSettingChanges() throws Exception {
    AtomicReference<ServerSettings> settings = new AtomicReference<>(Settings.server(0, 1));
    server.stop();
    server = started(settings::get);
    join(1);
    ScriptedWorker refused = connect();
    assertThat(refused.awaitClosure()).isInstanceOf(Closure.PeerRefused.class);

    settings.set(Settings.server(0, 2));
    join(2);
    settings.set(Settings.server(0, 1));
    assertThat(connect().awaitClosure()).isInstanceOf(Closure.PeerRefused.class);

    assertThat(server.connections()).as("whoever is there stays").isEqualTo(2);
  }

  @Test
  void newerConnectionOfANodeReplacesTheOlder() throws Exception {
    ScriptedWorker older = join(1);
    ScriptedWorker newer = join(1);

    assertThat(older.awaitClosure()).isInstanceOf(Closure.PeerRefused.class);
    await().atMost(LIMIT).until(() -> server.connections() == 1);
    newer.send(WorkunitRequest.newBuilder().setDepth(1).build());
    await().atMost(LIMIT).until(() -> !events.of(Event.Depth.class).isEmpty());
    assertThat(registry.find(new PeerId(ScriptedWorker.id(1).toString())).orElseThrow())
        .matches(peer -> peer.isConnected());
  }

  @Test
  void noticesAWorkerThatDiesWithoutAWord() throws Exception {
    ScriptedWorker worker = join(1);

    worker.drop();

    await().atMost(LIMIT).until(() -> !events.of(Event.Gone.class).isEmpty());
    assertThat(events.of(Event.Gone.class).getFirst().returning()).isTrue();
    await().atMost(LIMIT).until(() -> server.connections() == 0);
  }

  @Test
  void closesConnectionThatStopsInTheMiddleOfAFrame() throws Exception {
    ScriptedWorker witness = join(1);
    byte[] hello = hello();
    try (Socket socket = socket()) {
      socket.getOutputStream().write(hello, 0, hello.length - 3);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    }

    await().atMost(LIMIT).until(() -> server.connections() == 1);
    assertThat(witness.isOpen()).isTrue();
  }

  @Test
  void closesConnectionThatSpeaksOutOfOrder() throws Exception {
    ScriptedWorker witness = join(1);

    assertThat(answerTo(encoded(request()))).contains("WORKUNIT_REQUEST");
    assertThat(witness.isOpen()).isTrue();
    assertThat(events.of(Event.Depth.class)).isEmpty();
  }

  @Test
  void closesConnectionThatSpeaksAnotherProtocol() throws Exception {
    ScriptedWorker witness = join(1);

    assertThat(answerTo("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes())).contains("magic");
    assertThat(witness.isOpen()).isTrue();
  }

  @Test
  void closesConnectionThatNeverIntroducesItself() throws Exception {
    restart(Settings.server(0, 4, Duration.ofMillis(200), Duration.ofSeconds(15)));

    ScriptedWorker silent = connect();

    assertThat(silent.awaitClosure())
        .isInstanceOfSatisfying(
            Closure.PeerRefused.class,
            refusal -> assertThat(refusal.code()).isEqualTo(Error.Code.CODE_TIMEOUT));
  }

  @Test
  void closesConnectionThatFallsSilent() throws Exception {
    restart(Settings.server(0, 4, Duration.ofSeconds(10), Duration.ofMillis(300)));
    byte[] capabilities = encoded(ScriptedWorker.capabilities("sha256d"));
    try (Socket socket = socket()) {
      socket.getOutputStream().write(hello());
      socket.getOutputStream().write(capabilities);

      String answers = new String(socket.getInputStream().readAllBytes());

      assertThat(answers).contains("idle timeout");
    }
    await().atMost(LIMIT).until(() -> server.connections() == 0);
    assertThat(events.of(Event.Gone.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20_260_101})
  void randomFramesCloseNothingButTheirOwnConnection(long seed) throws Exception {
    ScriptedWorker witness = join(1);
    Random random = new Random(seed);
    List<byte[]> models =
        List.of(hello(), encoded(ScriptedWorker.capabilities("sha256d")), encoded(request()));

    for (int attempt = 0; attempt < 150; attempt++) {
      try (Socket socket = socket()) {
        if (random.nextBoolean()) {
          socket.getOutputStream().write(hello());
        }
        socket.getOutputStream().write(mutant(models, random));
        socket.shutdownOutput();
        socket.getInputStream().readAllBytes();
      } catch (SocketException e) {
        // The server may reset a connection that it has given up; a read that hangs is a failure.
      }
    }

    await("seed=" + seed).atMost(LIMIT).until(() -> server.connections() == 1);
    assertThat(witness.isOpen()).as("seed=%d", seed).isTrue();
    witness.send(request());
    await("seed=" + seed).atMost(LIMIT).until(() -> hasDepthOf(witnessId()));
  }

  @Test
  void saysGoodbyeWhenItStops() throws Exception {
    ScriptedWorker worker = join(1);

    server.stop();

    assertThat(worker.awaitClosure())
        .isInstanceOfSatisfying(
            Closure.PeerLeft.class, left -> assertThat(left.returning()).isTrue());
    assertThat(server.isRunning()).isFalse();
  }

  @Test
  void namesTheSettingWhenItsPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));

      assertThatThrownBy(() -> started(Settings.server(taken.getLocalPort(), 4)))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("taken")
          .extracting(e -> ((StartupException) e).remedy())
          .asString()
          .contains("p2pmine.master.p2p-port");
    }
  }

  @Test
  void namesTheSettingWhenItsAddressIsNotThisMachines() {
    ServerSettings elsewhere =
        new ServerSettings(
            "192.0.2.1",
            0,
            4,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            List.of());

    assertThatThrownBy(() -> started(elsewhere))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("192.0.2.1")
        .extracting(e -> ((StartupException) e).remedy())
        .asString()
        .contains("p2pmine.master.bind-address");
  }

  private PeerServerLifecycle started(ServerSettings settings) {
    return started(() -> settings);
  }

  private PeerServerLifecycle started(Supplier<ServerSettings> settings) {
    MasterIdentity self =
        new MasterIdentity(ScriptedWorker.id(15), "master", "test", Instant.EPOCH);
    Sessions sessions = new Sessions(settings, self, registry, events, 4, Clock.systemUTC());
    PeerServerLifecycle lifecycle = new PeerServerLifecycle(settings, sessions, Clock.systemUTC());
    lifecycle.start();
    return lifecycle;
  }

  private void restart(ServerSettings settings) {
    server.stop();
    server = started(settings);
  }

  private ScriptedWorker connect() {
    ScriptedWorker worker = ScriptedWorker.connect(server.address());
    open.add(worker);
    return worker;
  }

  private ScriptedWorker join(int digit) throws Exception {
    ScriptedWorker worker = ScriptedWorker.join(server.address(), ScriptedWorker.id(digit));
    open.add(worker);
    return worker;
  }

  private Socket socket() throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  private String answerTo(byte[] bytes) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(bytes);
      return new String(socket.getInputStream().readAllBytes());
    }
  }

  private static PeerId witnessId() {
    return new PeerId(ScriptedWorker.id(1).toString());
  }

  private boolean hasDepthOf(PeerId peer) {
    return events.of(Event.Depth.class).stream().anyMatch(event -> event.peer().equals(peer));
  }

  private static WorkunitRequest request() {
    return WorkunitRequest.newBuilder().setDepth(1).build();
  }

  private static byte[] hello() {
    return encoded(ScriptedWorker.hello(ScriptedWorker.id(9)));
  }

  private static byte[] encoded(MessageLite message) {
    EmbeddedChannel encoder = new EmbeddedChannel(new FrameEncoder());
    encoder.writeOutbound(message);
    ByteBuf frame = encoder.readOutbound();
    try {
      return ByteBufUtil.getBytes(frame);
    } finally {
      frame.release();
    }
  }

  /** A frame with some bytes changed, cut off or in front of noise; or noise alone. */
  private static byte[] mutant(List<byte[]> models, Random random) {
    byte[] noise = new byte[random.nextInt(200)];
    random.nextBytes(noise);
    if (random.nextInt(4) == 0) {
      return noise;
    }
    byte[] frame = models.get(random.nextInt(models.size())).clone();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt();
    }
    int kept = random.nextInt(3) == 0 ? random.nextInt(frame.length) : frame.length;
    byte[] mutant = Arrays.copyOf(frame, kept + noise.length);
    System.arraycopy(noise, 0, mutant, kept, noise.length);
    return mutant;
  }
}
