package io.p2pmining.master.dashboard;

import io.p2pmining.master.peer.PeerState;

/** Which peers the table shows. */
enum PeerFilter {
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

  boolean accepts(Member member) {
    PeerState state = member.peer().state();
    return switch (this) {
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
