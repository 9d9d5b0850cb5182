package io.p2pmining.master.api;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerCapabilities;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.trust.Conduct;
import io.p2pmining.master.work.Rejection;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A peer as the API shows it. */
record PeerView(
    String id,
    String name,
    String software,
    String address,
    int httpPort,
    PeerState state,
    Standing standing,
    Conduct conduct,
    PeerCapabilities capabilities,
    double computePower,
    String algorithm,
    @Nullable HashingMode mode,
    double hashesPerSecond,
    long hashesTotal,
    long sharesAccepted,
    Map<Rejection, Long> sharesRejected,
    Instant connectedAt,
    Instant lastSeenAt) {

  static PeerView of(Peer peer, Standing standing, Conduct conduct, ShareCounts shares) {
    var identity = peer.identity();
    var activity = peer.activity();
    return new PeerView(
        identity.id().hex(),
        identity.name(),
        identity.software(),
        identity.address(),
        identity.httpPort(),
        peer.state(),
        standing,
        conduct,
        peer.capabilities(),
        peer.capabilities().profileOf(identity.id()).computePower(),
        activity.algorithm(),
        activity.mode(),
        peer.hashesPerSecond(),
        activity.hashesTotal(),
        shares.accepted(),
        shares.rejected(),
        peer.connectedAt(),
        peer.lastSeenAt());
  }
}
