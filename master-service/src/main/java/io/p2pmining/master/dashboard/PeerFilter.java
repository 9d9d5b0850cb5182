package io.p2pmining.master.dashboard;

import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.ServiceState;
import java.time.Instant;

/** Which peers the table shows. */
enum PeerFilter {
  /** Without those that are gone and no news any more: after a while these are most of them. */
  PRESENT("Connected, or gone lately"),
  ALL("All"),
  CONNECTED("Connected"),
  MINING("Mining"),
  PREPARING("Preparing"),
  IDLE("Idle"),
  OUT_OF_SERVICE("Drained or quarantined"),
  DISCONNECTED("Gone, as far back as is known");

  private final String label;

  PeerFilter(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  boolean accepts(Member member, Instant now) {
    PeerState state = member.peer().state();
    return switch (this) {
      // One that is quarantined is a problem that the page names, and is to be resumed there.
      case PRESENT ->
          member.peer().isConnected()
              || member.isLatelyGone(now)
              || member.standing().state() == ServiceState.QUARANTINED;
      case ALL -> true;
      case CONNECTED -> member.peer().isConnected();
      case MINING -> state == PeerState.MINING;
      case PREPARING -> state == PeerState.PREPARING;
      case IDLE -> state == PeerState.IDLE || state == PeerState.CONNECTED;
      case OUT_OF_SERVICE -> !member.isInService();
      case DISCONNECTED -> state == PeerState.DISCONNECTED;
    };
  }
}
