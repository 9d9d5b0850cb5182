package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.session.PeerEndpoint;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Peers and their hash rates. Series for single peers are bounded: the fastest {@link #MAX_SERIES}
 * have one. They are brought up to date on the application's scheduler.
 */
@Component
final class PeerMetrics implements MeterBinder {

  static final int MAX_SERIES = 200;

  private static final int INTERVAL_SECONDS = 5;

  private final PeerRegistry registry;
  private final PeerEndpoint endpoint;
  private volatile @Nullable MultiGauge rates;

  PeerMetrics(PeerRegistry registry, PeerEndpoint endpoint) {
    this.registry = registry;
    this.endpoint = endpoint;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    for (PeerState state : PeerState.values()) {
      Gauge.builder("p2pmine.peers", registry, r -> r.countByState().getOrDefault(state, 0L))
          .description("Known peers in each state")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(meters);
    }
    Gauge.builder("p2pmine.hashrate", registry, PeerRegistry::hashesPerSecond)
        .description("Hashes per second of all connected peers, as they report them")
        .register(meters);
    Gauge.builder("p2pmine.connections", endpoint, PeerEndpoint::connections)
        .description("Open connections of workers, handshaken or not")
        .register(meters);
    rates =
        MultiGauge.builder("p2pmine.peer.hashrate")
            .description("Hashes per second of a connected peer, as it reports them")
            .register(meters);
  }

  @Scheduled(fixedRate = INTERVAL_SECONDS, timeUnit = TimeUnit.SECONDS)
  void refresh() {
    MultiGauge gauges = rates;
    if (gauges != null) {
      gauges.register(fastest().stream().map(PeerMetrics::row).toList(), true);
    }
  }

  private List<Peer> fastest() {
    return registry.all().stream()
        .filter(Peer::isConnected)
        .sorted(Comparator.comparingDouble(Peer::hashesPerSecond).reversed())
        .limit(MAX_SERIES)
        .toList();
  }

  private static MultiGauge.Row<?> row(Peer peer) {
    return MultiGauge.Row.of(
        Tags.of("peer", peer.identity().id().hex(), "name", peer.identity().name()),
        peer.hashesPerSecond());
  }
}
