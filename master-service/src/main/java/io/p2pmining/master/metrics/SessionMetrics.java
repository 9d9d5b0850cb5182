package io.p2pmining.master.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.p2pmining.master.session.PeerEndpoint;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/** The connections of workers and what is moved on them. */
@Component
final class SessionMetrics implements MeterBinder {

  private final PeerEndpoint endpoint;

  SessionMetrics(PeerEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("p2pmine.connections", endpoint, PeerEndpoint::connections)
        .description("Open connections of workers, handshaken or not")
        .register(meters);
    FunctionCounter.builder("p2pmine.connections.accepted", endpoint, PeerEndpoint::accepted)
        .description("Connections that were given a place")
        .register(meters);
    FunctionCounter.builder("p2pmine.connections.refused", endpoint, PeerEndpoint::refused)
        .description("Connections that were refused because all places were taken")
        .register(meters);
    bindBytes("received", PeerEndpoint::receivedBytes, meters);
    bindBytes("sent", PeerEndpoint::sentBytes, meters);
  }

  private void bindBytes(
      String direction, ToDoubleFunction<PeerEndpoint> bytes, MeterRegistry meters) {
    FunctionCounter.builder("p2pmine.network", endpoint, bytes)
        .description("Bytes received from workers and sent to them")
        .baseUnit("bytes")
        .tag("direction", direction)
        .register(meters);
  }
}
