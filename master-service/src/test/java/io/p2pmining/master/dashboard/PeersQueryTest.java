package io.p2pmining.master.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerActivity;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeersQueryTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Standing DRAINED =
      new Standing(ServiceState.DRAINING, "new memory", NOW, null);
  private static final Standing QUARANTINED =
      new Standing(ServiceState.QUARANTINED, "lies", NOW, null);

  private static final Member MINING =
      member("mining", PeerState.MINING, Duration.ofHours(1), Standing.IN_SERVICE);
  private static final Member GONE_NOW =
      member("gone-now", PeerState.DISCONNECTED, Duration.ofMinutes(14), Standing.IN_SERVICE);
  private static final Member GONE =
      member("gone", PeerState.DISCONNECTED, Duration.ofMinutes(16), Standing.IN_SERVICE);
  private static final Member GONE_DRAINED =
      member("gone-drained", PeerState.DISCONNECTED, Duration.ofDays(1), DRAINED);
  private static final Member GONE_QUARANTINED =
      member("gone-quarantined", PeerState.DISCONNECTED, Duration.ofDays(1), QUARANTINED);
  private static final List<Member> ALL =
      List.of(MINING, GONE_NOW, GONE, GONE_DRAINED, GONE_QUARANTINED);

  @Test
  void leavesOutWhoIsGoneAndNoNewsUnlessAskedForAll() {
    assertThat(ALL)
        .filteredOn(member -> PeersQuery.FIRST.accepts(member, NOW))
        .containsExactly(MINING, GONE_NOW, GONE_QUARANTINED);
    assertThat(ALL)
        .filteredOn(member -> PeersQuery.FIRST.leavesOut(member, NOW))
        .containsExactly(GONE, GONE_DRAINED);
    assertThat(ALL).allMatch(member -> PeersQuery.FIRST.withGone().accepts(member, NOW));
    assertThat(ALL).noneMatch(member -> PeersQuery.FIRST.withGone().leavesOut(member, NOW));
  }

  @Test
  void countsAsLeftOutOnlyWhatTheTextFinds() {
    PeersQuery query = new PeersQuery("DRAIN", PeerFilter.PRESENT, PeerOrder.NAME, false, 0);

    assertThat(ALL)
        .filteredOn(member -> query.leavesOut(member, NOW))
        .containsExactly(GONE_DRAINED);
    assertThat(query.withGone().parameters()).contains("q=DRAIN", "show=ALL", "sort=NAME");
  }

  private static Member member(String name, PeerState state, Duration ago, Standing standing) {
    PeerId id = new PeerId("%032x".formatted(name.hashCode() & 0xFFFF));
    PeerCapabilities capabilities =
        new PeerCapabilities(
            1, 1, 1, 1, "", "amd64", "Linux", true, true, false, 0, 0, 0, 0, List.of());
    return new Member(
        new Peer(
            new PeerIdentity(id, name, "test/1", "127.0.0.1:1", 0),
            state,
            capabilities,
            new PeerActivity(PeerState.MINING, "rx/0", HashingMode.LIGHT, 10, 1, 1),
            NOW.minus(ago),
            NOW.minus(ago)),
        standing,
        new Conduct(1, 0, 0, null, null));
  }
}
