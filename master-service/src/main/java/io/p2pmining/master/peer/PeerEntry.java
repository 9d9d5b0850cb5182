package io.p2pmining.master.peer;

import java.time.Instant;

/** What the registry keeps of one peer. Guarded by the registry's lock. */
final class PeerEntry {

  private PeerIdentity identity;
  private PeerCapabilities capabilities;
  private PeerActivity activity = PeerActivity.NONE;
  private boolean connected = true;
  private boolean leftForGood;
  private Instant connectedAt;
  private Instant lastSeenAt;

  PeerEntry(PeerIdentity identity, PeerCapabilities capabilities, Instant now) {
    this.identity = identity;
    this.capabilities = capabilities;
    this.connectedAt = now;
    this.lastSeenAt = now;
  }

  void connect(PeerIdentity newIdentity, PeerCapabilities newCapabilities, Instant now) {
    identity = newIdentity;
    capabilities = newCapabilities;
    activity = PeerActivity.NONE;
    connected = true;
    connectedAt = now;
    lastSeenAt = now;
  }

  void disconnect(boolean forGood) {
    connected = false;
    leftForGood = forGood;
  }

  /** Whether it went away without saying that it would. */
  boolean isLost() {
    return !connected && !leftForGood;
  }

  void describe(PeerCapabilities newCapabilities) {
    capabilities = newCapabilities;
  }

  void report(PeerActivity newActivity) {
    activity = newActivity;
    capabilities = capabilities.withMemoryAvailable(newActivity.memoryAvailableBytes());
  }

  void seen(Instant now) {
    lastSeenAt = now;
  }

  boolean isConnected() {
    return connected;
  }

  Instant lastSeenAt() {
    return lastSeenAt;
  }

  Peer snapshot() {
    return new Peer(
        identity,
        connected ? activity.state() : PeerState.DISCONNECTED,
        capabilities,
        activity,
        connectedAt,
        lastSeenAt);
  }
}
