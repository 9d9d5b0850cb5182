package io.p2pmining.master.dispatch;

import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.work.PeerId;

/**
 * Watches what peers do, and keeps work from those that are to have none. Owned by the dispatcher's
 * thread.
 */
public final class Oversight {

  private final PeerStandings standings;

  public Oversight(PeerStandings standings) {
    this.standings = standings;
  }

  PeerStandings standings() {
    return standings;
  }

  /** Whether the peer gets work. */
  Standing standingOf(PeerId peer) {
    return standings.of(peer);
  }

  /** What only time brings. */
  void checkTime() {
    standings.endQuarantines();
  }
}
