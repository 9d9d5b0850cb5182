package io.p2pmining.master.peer;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the registry keeps of one peer. Guarded by the registry's lock. */
final class PeerEntry {

  private PeerIdentity identity;
  private PeerCapabilities capabilities;
  private PeerActivity activity = PeerActivity.NONE;
  private boolean connected = true;
  private boolean leftForGood;
  private Instant connectedAt;

  /** In microseconds since 1970: it changes with every message. */
  private long lastSeenMicros;

  PeerEntry(PeerIdentity identity, PeerCapabilities capabilities, Instant now) {
    this.identity = identity;
    this.capabilities = capabilities;
    this.connectedAt = now;
    seen(now);
  }

  void connect(PeerIdentity newIdentity, PeerCapabilities newCapabilities, Instant now) {
    identity = newIdentity;
    capabilities = newCapabilities;
    activity = PeerActivity.NONE;
    connected = true;
    connectedAt = now;
    seen(now);
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
    if (capabilities.memoryAvailableBytes() != newActivity.memoryAvailableBytes()) {
      capabilities = capabilities.withMemoryAvailable(newActivity.memoryAvailableBytes());
    }
  }

  void seen(Instant now) {
    lastSeenMicros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
  }

  boolean isConnected() {
    return connected;
  }

  Instant lastSeenAt() {
    return Instant.EPOCH.plus(lastSeenMicros, ChronoUnit.MICROS);
  }

  Peer snapshot() {
    return new Peer(
        identity,
        connected ? activity.state() : PeerState.DISCONNECTED,
        capabilities,
        activity,
        connectedAt,
        lastSeenAt());
  }
}
