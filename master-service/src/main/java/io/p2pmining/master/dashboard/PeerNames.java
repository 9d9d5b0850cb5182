package io.p2pmining.master.dashboard;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.work.PeerId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What people call peers. Safe for use by any thread. */
@Component
final class PeerNames {

  private static final int SHORT_ID = 8;

  private final PeerRegistry registry;

  PeerNames(PeerRegistry registry) {
    this.registry = registry;
  }

  /** Its name, or how its id begins if it has none or is long gone. */
  String of(PeerId id) {
    return of(id, registry.find(id));
  }

  /** The same for a peer that may be known from elsewhere. */
  static String of(PeerId id, Optional<Peer> peer) {
    return peer.map(known -> known.identity().name())
        .filter(name -> !name.isBlank())
        .orElseGet(() -> id.hex().substring(0, SHORT_ID) + "…");
  }
}
