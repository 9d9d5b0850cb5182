package io.p2pmining.master.peer;

import io.p2pmining.master.work.PeerId;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Every peer that is connected, and the last ones that were. Safe for use by any thread; no method
 * waits for more than the lock, which is never held longer than one pass over the peers.
 *
 * <p>Memory: connected peers are bounded by the server's connection limit, others by {@code
 * maxDisconnected}; whoever was seen longest ago is forgotten first.
 */
public final class PeerRegistry {

  private final InstantSource clock;
  private final int maxDisconnected;
  private final PeerLog log;
  private final Map<PeerId, PeerEntry> entries = new LinkedHashMap<>();
  private final List<PeerListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param maxDisconnected how many peers without a connection are remembered
   */
  public PeerRegistry(InstantSource clock, int maxDisconnected, PeerLog log) {
    this.clock = clock;
    this.maxDisconnected = maxDisconnected;
    this.log = log;
  }

  /** From now on tells {@code listener} of every peer that comes, goes or does something else. */
  public void listen(PeerListener listener) {
    listeners.add(listener);
  }

  /** A peer finished its handshake; or came back. */
  public synchronized void connected(PeerIdentity identity, PeerCapabilities capabilities) {
    PeerEntry known = entries.get(identity.id());
    if (known == null) {
      entries.put(identity.id(), new PeerEntry(identity, capabilities, clock.instant()));
    } else {
      known.connect(identity, capabilities, clock.instant());
    }
    tell(identity.id());
  }

  /**
   * The peer's last connection ended.
   *
   * @param forGood whether it said that it would not come back
   */
  public synchronized void disconnected(PeerId id, boolean forGood) {
    update(id, entry -> entry.disconnect(forGood));
    tell(id);
    forgetOldest();
  }

  /** The peer's machine changed. */
  public synchronized void described(PeerId id, PeerCapabilities capabilities) {
    update(
        id,
        entry -> {
          entry.describe(capabilities);
          entry.seen(clock.instant());
        });
    tell(id);
  }

  /** A heartbeat came. */
  public synchronized void reported(PeerId id, PeerActivity activity) {
    Optional<PeerState> before = find(id).map(Peer::state);
    update(
        id,
        entry -> {
          entry.report(activity);
          entry.seen(clock.instant());
        });
    if (!before.equals(find(id).map(Peer::state))) {
      tellListeners(id);
    }
  }

  /** Any other message came. */
  public synchronized void seen(PeerId id) {
    update(id, entry -> entry.seen(clock.instant()));
  }

  /** The peer as it is now, if it is known. */
  public synchronized Optional<Peer> find(PeerId id) {
    return Optional.ofNullable(entries.get(id)).map(PeerEntry::snapshot);
  }

  /** All known peers: connected ones first, each part in the order of the first connection. */
  public synchronized List<Peer> all() {
    return entries.values().stream()
        .map(PeerEntry::snapshot)
        .sorted(Comparator.comparing(peer -> !peer.isConnected()))
        .toList();
  }

  /** The peers that went away without saying that they would, and are not back. */
  public synchronized List<Peer> lost() {
    return entries.values().stream().filter(PeerEntry::isLost).map(PeerEntry::snapshot).toList();
  }

  /** How many known peers are in each state; every state is there. */
  public Map<PeerState, Long> countByState() {
    Map<PeerState, Long> counts = new EnumMap<>(PeerState.class);
    for (PeerState state : PeerState.values()) {
      counts.put(state, 0L);
    }
    all().forEach(peer -> counts.merge(peer.state(), 1L, Long::sum));
    return counts;
  }

  /** The hash rates of all connected peers together, as they report them. */
  public double hashesPerSecond() {
    return all().stream().mapToDouble(Peer::hashesPerSecond).sum();
  }

  private void tell(PeerId id) {
    find(id).ifPresent(log::peerChanged);
    tellListeners(id);
  }

  private void tellListeners(PeerId id) {
    find(id).ifPresent(peer -> listeners.forEach(listener -> listener.peerChanged(peer)));
  }

  private void update(PeerId id, Consumer<PeerEntry> change) {
    PeerEntry entry = entries.get(id);
    if (entry != null) {
      change.accept(entry);
    }
  }

  private void forgetOldest() {
    long disconnected = entries.values().stream().filter(entry -> !entry.isConnected()).count();
    if (disconnected > maxDisconnected) {
      entries.entrySet().stream()
          .filter(entry -> !entry.getValue().isConnected())
          .min(Comparator.comparing(entry -> entry.getValue().lastSeenAt()))
          .map(Map.Entry::getKey)
          .ifPresent(entries::remove);
    }
  }
}
