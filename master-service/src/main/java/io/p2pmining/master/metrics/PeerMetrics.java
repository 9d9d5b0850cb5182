package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.p2pmining.core.pow.Target;
import io.p2pmining.master.dispatch.WorkEvents;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.work.PeerId;
import io.p2pmining.master.work.Rejection;
import io.p2pmining.master.work.UnitState;
import io.p2pmining.master.work.WorkUnit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Peers, their hash rates and shares. Series of single peers are bounded: the fastest peers have
 * some of their own, the rest are summed. A peer that has its own loses them only to one that is
 * clearly faster, so that series do not come and go with every report.
 *
 * <p>Events come on the dispatcher's thread and cost a look-up; who has series is decided on the
 * application's scheduler.
 */
@Component
final class PeerMetrics implements WorkEvents {

  /** The label of the peers that have no series of their own. */
  static final String OTHERS = "others";

  private static final int INTERVAL_SECONDS = 5;

  /** How many times as fast a peer must be to take the series of another. */
  private static final double CLEARLY_FASTER = 1.5;

  /** For how long a peer that went away is missed. */
  private static final Duration MISSED = Duration.ofDays(1);

  private final PeerRegistry registry;
  private final int most;
  private final Clock clock;
  private final MeterRegistry meters;
  private final PeerSeries others;
  private final Map<PeerId, PeerSeries> own = new ConcurrentHashMap<>();

  /** Shares that were to be expected since the last one, by peer. */
  private final Map<PeerId, Double> expected = new ConcurrentHashMap<>();

  PeerMetrics(PeerRegistry registry, MetricsSettings settings, Clock clock, MeterRegistry meters) {
    this.registry = registry;
    this.most = settings.peers();
    this.clock = clock;
    this.meters = meters;
    for (PeerState state : PeerState.values()) {
      Gauge.builder("p2pmine.peers", registry, r -> r.countByState().getOrDefault(state, 0L))
          .description("Known peers in each state")
          .tag("state", Labels.of(state))
          .register(meters);
    }
    Gauge.builder("p2pmine.hashes.per.second", registry, PeerRegistry::hashesPerSecond)
        .description("Hash rate of all connected peers, as they report it")
        .register(meters);
    Gauge.builder("p2pmine.peers.lost", this, metrics -> metrics.lost().size())
        .description("Peers that went away without saying so within a day and are not back")
        .register(meters);
    others = new PeerSeries(meters, OTHERS, OTHERS);
  }

  @Override
  public void shareAccepted(Share share) {
    expected.put(share.peer(), 0.0);
    of(share.peer()).countAccepted();
  }

  @Override
  public void shareRejected(PeerId peer, String jobId, Rejection reason) {
    of(peer).countRejected();
  }

  /** When a lease ends, what was searched under it should have held so many shares. */
  @Override
  public void unitChanged(WorkUnit unit) {
    PeerId peer = unit.peer();
    Target target = unit.shareTarget();
    boolean leaseEnded = unit.state() == UnitState.PENDING || unit.state().isFinal();
    if (leaseEnded && peer != null && target != null && unit.searched() > unit.leaseStart()) {
      double shares = (unit.searched() - unit.leaseStart()) / target.difficulty().doubleValue();
      expected.merge(peer, shares, Double::sum);
    }
  }

  private PeerSeries of(PeerId peer) {
    return own.getOrDefault(peer, others);
  }

  /** Decides who has series, and brings them up to date. */
  @Scheduled(fixedRate = INTERVAL_SECONDS, timeUnit = TimeUnit.SECONDS)
  void refresh() {
    List<Peer> lost = lost();
    List<Peer> candidates =
        new ArrayList<>(registry.all().stream().filter(Peer::isConnected).toList());
    candidates.addAll(lost);
    expected.keySet().retainAll(ids(candidates));
    candidates.sort(Comparator.comparingDouble(this::claim).reversed());
    List<Peer> chosen = candidates.subList(0, Math.min(most, candidates.size()));
    withdrawAllBut(chosen);
    Set<PeerId> missing = ids(lost);
    for (Peer peer : chosen) {
      own.computeIfAbsent(peer.identity().id(), id -> seriesOf(peer))
          .set(peer.hashesPerSecond(), expectedOf(peer), missing.contains(peer.identity().id()));
    }
    List<Peer> rest = candidates.subList(chosen.size(), candidates.size());
    others.set(
        rest.stream().mapToDouble(Peer::hashesPerSecond).sum(),
        rest.stream().mapToDouble(this::expectedOf).max().orElse(0),
        false);
  }

  private double claim(Peer peer) {
    boolean hasSeries = own.containsKey(peer.identity().id());
    return hasSeries ? CLEARLY_FASTER * peer.hashesPerSecond() + 1 : peer.hashesPerSecond();
  }

  private PeerSeries seriesOf(Peer peer) {
    return new PeerSeries(meters, peer.identity().id().hex(), peer.identity().name());
  }

  private void withdrawAllBut(List<Peer> chosen) {
    Map<PeerId, String> names =
        chosen.stream().collect(Collectors.toMap(p -> p.identity().id(), p -> p.identity().name()));
    for (Map.Entry<PeerId, PeerSeries> entry : Set.copyOf(own.entrySet())) {
      String name = names.get(entry.getKey());
      if (name == null || !entry.getValue().isNamed(name)) {
        own.remove(entry.getKey());
        entry.getValue().withdraw(meters);
      }
    }
  }

  private double expectedOf(Peer peer) {
    return expected.getOrDefault(peer.identity().id(), 0.0);
  }

  private List<Peer> lost() {
    Instant since = clock.instant().minus(MISSED);
    return registry.lost().stream().filter(peer -> peer.lastSeenAt().isAfter(since)).toList();
  }

  private static Set<PeerId> ids(List<Peer> peers) {
    Set<PeerId> ids = new HashSet<>();
    peers.forEach(peer -> ids.add(peer.identity().id()));
    return ids;
  }
}
