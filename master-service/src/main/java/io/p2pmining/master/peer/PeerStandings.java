package io.p2pmining.master.peer;

import io.p2pmining.master.peer.StandingChange.Changed;
import io.p2pmining.master.peer.StandingChange.Conflict;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which peers get no work, connected or not. Guarded by its own lock; listeners are told outside of
 * it. A standing outlives connections and, by its log, the master's process; the dispatcher's
 * thread changes it, whose journal the log is.
 */
public final class PeerStandings {

  private final InstantSource clock;
  private final int maxPeers;
  private final StandingLog log;
  private final SequencedMap<PeerId, Standing> outOfService = new LinkedHashMap<>();
  private final List<StandingListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param maxPeers how many peers may be out of service; past this, the oldest is in service again
   */
  public PeerStandings(InstantSource clock, int maxPeers, StandingLog log) {
    this.clock = clock;
    this.maxPeers = maxPeers;
    this.log = log;
  }

  /** Takes up what an earlier process left, the oldest first; nobody is told of it. */
  public synchronized void restore(SequencedMap<PeerId, Standing> known) {
    outOfService.putAll(known);
    forgetOldest();
  }

  /** From now on tells {@code listener} of every change. */
  public void listen(StandingListener listener) {
    listeners.add(listener);
  }

  /** The peer's standing now. */
  public synchronized Standing of(PeerId peer) {
    return outOfService.getOrDefault(peer, Standing.IN_SERVICE);
  }

  /** Lets a peer finish what it has; in conflict if it is out of service already. */
  public StandingChange drain(PeerId peer, String reason) {
    StandingChange change;
    synchronized (this) {
      change =
          switch (of(peer).state()) {
            case IN_SERVICE -> put(peer, ServiceState.DRAINING, reason, null);
            case DRAINING -> new Conflict("The peer is drained already");
            case QUARANTINED ->
                new Conflict("The peer is quarantined, which is more; resume it first");
          };
    }
    return told(peer, change);
  }

  /**
   * Takes all work from a peer; in conflict if that is done already.
   *
   * @param duration after which it is in service again; null for until it is resumed
   */
  public StandingChange quarantine(PeerId peer, String reason, @Nullable Duration duration) {
    StandingChange change;
    synchronized (this) {
      Instant until = duration == null ? null : clock.instant().plus(duration);
      change =
          switch (of(peer).state()) {
            case IN_SERVICE, DRAINING -> put(peer, ServiceState.QUARANTINED, reason, until);
            case QUARANTINED -> new Conflict("The peer is quarantined already; resume it first");
          };
    }
    return told(peer, change);
  }

  /** Puts a peer into service again; in conflict if it is. */
  public StandingChange resume(PeerId peer) {
    StandingChange change;
    synchronized (this) {
      if (outOfService.remove(peer) == null) {
        change = new Conflict("The peer is in service");
      } else {
        log.standingChanged(peer, Standing.IN_SERVICE);
        change = new Changed(Standing.IN_SERVICE);
      }
    }
    return told(peer, change);
  }

  /** Ends the quarantines whose time is over. */
  public void endQuarantines() {
    List<PeerId> ended = new ArrayList<>();
    synchronized (this) {
      Instant now = clock.instant();
      Iterator<Map.Entry<PeerId, Standing>> entries = outOfService.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<PeerId, Standing> entry = entries.next();
        Instant until = entry.getValue().until();
        if (until != null && !until.isAfter(now)) {
          ended.add(entry.getKey());
          entries.remove();
          log.standingChanged(entry.getKey(), Standing.IN_SERVICE);
        }
      }
    }
    ended.forEach(peer -> tell(peer, Standing.IN_SERVICE));
  }

  private Changed put(PeerId peer, ServiceState state, String reason, @Nullable Instant until) {
    Standing standing = new Standing(state, reason, clock.instant(), until);
    outOfService.remove(peer);
    outOfService.put(peer, standing);
    log.standingChanged(peer, standing);
    forgetOldest();
    return new Changed(standing);
  }

  private void forgetOldest() {
    while (outOfService.size() > maxPeers) {
      log.standingChanged(outOfService.pollFirstEntry().getKey(), Standing.IN_SERVICE);
    }
  }

  private StandingChange told(PeerId peer, StandingChange change) {
    if (change instanceof Changed(Standing standing)) {
      tell(peer, standing);
    }
    return change;
  }

  private void tell(PeerId peer, Standing standing) {
    listeners.forEach(listener -> listener.standingChanged(peer, standing));
  }
}
