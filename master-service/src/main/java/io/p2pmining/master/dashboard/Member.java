package io.p2pmining.master.dashboard;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.ServiceState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** A peer with all that is known of it in memory. Immutable. */
record Member(Peer peer, Standing standing, Conduct conduct) {

  /** How long a worker that went away is news. */
  private static final Duration NEWS = Duration.ofMinutes(15);

  PeerId id() {
    return peer.identity().id();
  }

  String name() {
    return peer.identity().name();
  }

  boolean isInService() {
    return standing.state() == ServiceState.IN_SERVICE;
  }

  /** Whether it went away so lately that somebody may not know it yet. */
  boolean isLatelyGone(Instant now) {
    return !peer.isConnected() && peer.lastSeenAt().plus(NEWS).isAfter(now);
  }

  boolean isMining() {
    return peer.state() == PeerState.MINING;
  }

  /**
   * Its rate as a part of what it measured of itself, for what it hashes now; empty if it measured
   * nothing.
   */
  OptionalDouble efficiency() {
    if (!peer.isConnected() || !isMining()) {
      return OptionalDouble.empty();
    }
    HashingMode mode = peer.activity().mode();
    return peer.capabilities().algorithms().stream()
        .filter(
            ability ->
                ability.algorithm().equals(peer.activity().algorithm()) && ability.mode() == mode)
        .mapToDouble(ability -> ability.measuredHashesPerSecond())
        .filter(measured -> measured > 0)
        .map(measured -> peer.hashesPerSecond() / measured)
        .findFirst();
  }
}
