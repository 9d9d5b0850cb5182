package io.p2pmining.master.peer;

import java.time.Instant;

/**
 * A peer as it is at one moment. Immutable.
 *
 * @param identity who it is
 * @param state what it is doing
 * @param capabilities what its machine can do
 * @param activity what its last heartbeat said; a disconnected peer hashes nothing
 * @param connectedAt when the present or last connection was made
 * @param lastSeenAt when the last message came
 */
public record Peer(
    PeerIdentity identity,
    PeerState state,
    PeerCapabilities capabilities,
    PeerActivity activity,
    Instant connectedAt,
    Instant lastSeenAt) {

  /** Whether there is a connection to it. */
  public boolean isConnected() {
    return state != PeerState.DISCONNECTED;
  }

  /** Its rate now; 0 without a connection. */
  public double hashesPerSecond() {
    return isConnected() ? activity.hashesPerSecond() : 0;
  }
}
