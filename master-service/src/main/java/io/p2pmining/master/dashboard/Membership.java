package io.p2pmining.master.dashboard;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.store.PeerHistory;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.work.PeerId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who belongs to the cluster. Safe for use by any thread. */
@Component
final class Membership {

  private final PeerRegistry registry;
  private final PeerStandings standings;
  private final ConductBook conducts;
  private final PeerHistory history;

  Membership(
      PeerRegistry registry, PeerStandings standings, ConductBook conducts, PeerHistory history) {
    this.registry = registry;
    this.standings = standings;
    this.conducts = conducts;
    this.history = history;
  }

  /** All peers that this process has seen lately, connected or not. */
  List<Member> all() {
    return registry.all().stream().map(this::member).toList();
  }

  /** One peer, also of an earlier process; waits for the database if it has to. */
  Optional<Member> find(PeerId id) {
    return registry.find(id).or(() -> history.find(id)).map(this::member);
  }

  Member member(Peer peer) {
    PeerId id = peer.identity().id();
    return new Member(peer, standings.of(id), conducts.of(id));
  }
}
