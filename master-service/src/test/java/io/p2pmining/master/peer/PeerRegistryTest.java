package io.p2pmining.master.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerRegistryTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Instant now = START;
  private final PeerRegistry registry = new PeerRegistry(() -> now, 2, PeerLog.NONE);

  @Test
  void knowsWhatAConnectedPeerSaid() {
    registry.connected(identity(1), capabilities());
    now = START.plusSeconds(5);
    registry.reported(id(1), mining(500));

    Peer peer = registry.find(id(1)).orElseThrow();
    assertThat(peer.state()).isEqualTo(PeerState.MINING);
    assertThat(peer.hashesPerSecond()).isEqualTo(500);
    assertThat(peer.connectedAt()).isEqualTo(START);
    assertThat(peer.lastSeenAt()).isEqualTo(START.plusSeconds(5));
    assertThat(peer.capabilities().memoryAvailableBytes()).isEqualTo(77);
  }

  @Test
  void sumsTheRatesOfConnectedPeersOnly() {
    registry.connected(identity(1), capabilities());
    registry.connected(identity(2), capabilities());
    registry.reported(id(1), mining(500));
    registry.reported(id(2), mining(70));

    assertThat(registry.hashesPerSecond()).isEqualTo(570);
    registry.disconnected(id(1), true);

    assertThat(registry.hashesPerSecond()).isEqualTo(70);
    assertThat(registry.countByState())
        .containsEntry(PeerState.MINING, 1L)
        .containsEntry(PeerState.DISCONNECTED, 1L)
        .containsEntry(PeerState.IDLE, 0L);
  }

  @Test
  void missesPeersThatWentAwayWithoutAWordUntilTheyAreBack() {
    registry.connected(identity(1), capabilities());
    registry.connected(identity(2), capabilities());
    registry.disconnected(id(1), false);
    registry.disconnected(id(2), true);
    assertThat(registry.lost()).extracting(p -> p.identity().id()).containsExactly(id(1));

    registry.connected(identity(1), capabilities());

    assertThat(registry.lost()).isEmpty();
  }

  @Test
  void listsConnectedPeersFirst() {
    registry.connected(identity(1), capabilities());
    registry.connected(identity(2), capabilities());
    registry.disconnected(id(1), true);

    assertThat(registry.all()).extracting(p -> p.identity().id()).containsExactly(id(2), id(1));
  }

  @Test
  void forgetsWhoWasSeenLongestAgoFirst() {
    for (int peer = 1; peer <= 3; peer++) {
      registry.connected(identity(peer), capabilities());
      registry.reported(id(peer), mining(1));
      now = now.plus(Duration.ofMinutes(1));
    }
    registry.disconnected(id(2), true);
    registry.disconnected(id(1), true);
    registry.disconnected(id(3), true);

    assertThat(registry.find(id(1))).isEmpty();
    assertThat(registry.all()).hasSize(2);
  }

  @Test
  void peerThatComesBackStartsAfresh() {
    registry.connected(identity(1), capabilities());
    registry.reported(id(1), mining(500));
    registry.disconnected(id(1), true);
    now = START.plusSeconds(60);
    registry.connected(identity(1), capabilities());

    Peer peer = registry.find(id(1)).orElseThrow();
    assertThat(peer.state()).isEqualTo(PeerState.CONNECTED);
    assertThat(peer.hashesPerSecond()).isZero();
    assertThat(peer.connectedAt()).isEqualTo(START.plusSeconds(60));
    assertThat(registry.all()).hasSize(1);
  }

  @Test
  void ignoresNewsOfPeersItDoesNotKnow() {
    registry.reported(id(9), mining(1));
    registry.seen(id(9));
    registry.disconnected(id(9), true);

    assertThat(registry.all()).isEmpty();
  }

  private static PeerActivity mining(double hashesPerSecond) {
    return new PeerActivity(PeerState.MINING, "rx/0", HashingMode.LIGHT, hashesPerSecond, 1000, 77);
  }

  private static PeerId id(int peer) {
    return new PeerId("%032x".formatted(peer));
  }

  private static PeerIdentity identity(int peer) {
    return new PeerIdentity(id(peer), "rig-" + peer, "test/1", "127.0.0.1:1", 0);
  }

  private static PeerCapabilities capabilities() {
    return new PeerCapabilities(
        4, 4, 1000, 500, "cpu", "amd64", "os", true, true, false, 0, 0, 0, 0, List.of());
  }
}
