package io.p2pmining.common.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.MutableClock;
import io.p2pmining.common.wire.v1.PeerAddress;
import io.p2pmining.common.wire.v1.PeerList;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownPeersTest {

  private static final InetAddress REMOTE = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Random random = new Random(42);
  private final NodeId self = NodeId.random(random);
  private final MutableClock clock = new MutableClock();

  @TempDir Path directory;

  @Test
  void remembersPeersOverRestart() throws IOException {
    KnownPeers known = KnownPeers.load(directory, clock);
    known.learn(list("192.0.2.7"), REMOTE, self);
    clock.advance(Duration.ofSeconds(1));
    known.learn(list("2001:db8::7"), REMOTE, self);
    clock.advance(Duration.ofSeconds(1));
    known.learn(list("master.example.org"), REMOTE, self);
    known.save();

    List<KnownPeer> reloaded = KnownPeers.load(directory, clock).all();
    assertThat(reloaded).isEqualTo(known.all());
    assertThat(reloaded)
        .extracting(KnownPeer::host)
        .containsExactly("master.example.org", "2001:db8::7", "192.0.2.7");
  }

  @Test
  void newerEntryReplacesOlderOneOfTheSameNode() {
    KnownPeers known = KnownPeers.load(directory, clock);
    PeerAddress old = peer("192.0.2.7");
    known.learn(PeerList.newBuilder().addPeers(old).build(), REMOTE, self);
    PeerAddress moved = old.toBuilder().setHost("192.0.2.8").setPort(1234).build();
    known.learn(PeerList.newBuilder().addPeers(moved).build(), REMOTE, self);

    assertThat(known.all())
        .singleElement()
        .satisfies(
            peer -> {
              assertThat(peer.host()).isEqualTo("192.0.2.8");
              assertThat(peer.port()).isEqualTo(1234);
            });
  }

  @Test
  void forgetsTheOldestBeyondItsCapacity() {
    KnownPeers known = KnownPeers.load(directory, clock);
    for (int i = 0; i < KnownPeers.CAPACITY + 10; i++) {
      known.learn(list("host-" + i + ".example"), REMOTE, self);
      clock.advance(Duration.ofSeconds(1));
    }

    assertThat(known.all()).hasSize(KnownPeers.CAPACITY);
    assertThat(known.all().getLast().host()).isEqualTo("host-10.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "255.255.255.255",
        "240.0.0.1",
        "224.0.0.1",
        "169.254.169.254",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "fe80::1",
        "ff02::1",
        "localhost",
        "LOCALHOST",
        "a.localhost",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "fe80::1%eth0",
        "a b",
        "a_b",
        "-a",
        "a..b",
        "http://a",
        "a/b",
        ""
      })
  void doesNotLetRemoteMasterPointItAtWhatIsLocalOrNoHost(String host) {
    KnownPeers known = KnownPeers.load(directory, clock);

    assertThat(known.learn(list(host), REMOTE, self)).isZero();
    assertThat(known.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "localhost", "192.0.2.7", "fe80::1", "a-b.c1"})
  void masterOnThisMachineMayTellOfThisMachine(String host) {
    assertThat(KnownPeers.load(directory, clock).learn(list(host), LOOPBACK, self)).isEqualTo(1);
  }

  @Test
  void nobodyNeedsToTellItOfItself() {
    PeerAddress own = peer("192.0.2.9").toBuilder().setNodeId(self.toByteString()).build();

    assertThat(
            KnownPeers.load(directory, clock)
                .learn(PeerList.newBuilder().addPeers(own).build(), REMOTE, self))
        .isZero();
  }

  @Test
  void damagedLinesAreForgottenTheOthersKept() throws IOException {
    KnownPeers known = KnownPeers.load(directory, clock);
    known.learn(list("192.0.2.7"), REMOTE, self);
    known.save();
    Path file = directory.resolve("known-peers");
    String id = NodeId.random(random).toString();
    Files.writeString(
        file,
        Files.readString(file)
            + "worker "
            + id
            + " 192.0.2.8 99999 2026-11-01T00:00:00Z\n"
            + "worker "
            + id
            + " 192.0.2.8 1 yesterday\n"
            + "worker nobody 192.0.2.8 1 2026-11-01T00:00:00Z\n"
            + "king "
            + id
            + " 192.0.2.8 1 2026-11-01T00:00:00Z\n"
            + "worker "
            + id
            + " 127.1 1 2026-11-01T00:00:00Z\n"
            + "\u00ff\u0000\n");

    assertThat(KnownPeers.load(directory, clock).all())
        .extracting(KnownPeer::host)
        .containsExactly("192.0.2.7");
  }

  @Test
  void startsEmptyFromFileThatCannotBeRead() throws IOException {
    Files.createDirectory(directory.resolve("known-peers"));

    assertThat(KnownPeers.load(directory, clock).all()).isEmpty();
  }

  @Test
  void readsNoMoreLinesThanItCanKeep() throws IOException {
    String line = "worker %s 192.0.2.8 1 2026-11-01T00:00:00Z\n";
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < 2 * KnownPeers.CAPACITY; i++) {
      content.append(line.formatted(NodeId.random(random)));
    }
    Files.writeString(directory.resolve("known-peers"), content, StandardCharsets.ISO_8859_1);

    assertThat(KnownPeers.load(directory, clock).all()).hasSize(KnownPeers.CAPACITY);
  }

  private PeerList list(String host) {
    return PeerList.newBuilder().addPeers(peer(host)).build();
  }

  private PeerAddress peer(String host) {
    return PeerAddress.newBuilder()
        .setRole(PeerAddress.Role.ROLE_WORKER)
        .setNodeId(NodeId.random(random).toByteString())
        .setHost(host)
        .setPort(9740)
        .build();
  }
}
