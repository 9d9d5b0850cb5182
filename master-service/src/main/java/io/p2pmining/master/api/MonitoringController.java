package io.p2pmining.master.api;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerIdentity;
import io.p2pmining.master.peer.PeerRegistry;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /prometheus/targets}: where the workers' metrics are, as Prometheus' HTTP SD asks. */
@RestController
final class MonitoringController {

  private final PeerRegistry registry;

  MonitoringController(PeerRegistry registry) {
    this.registry = registry;
  }

  @Operation(
      operationId = "prometheusTargets",
      summary = "Where connected workers serve metrics, for Prometheus' HTTP service discovery")
  @GetMapping("/prometheus/targets")
  List<TargetGroup> targets() {
    return registry.all().stream()
        .filter(Peer::isConnected)
        .map(Peer::identity)
        .filter(peer -> peer.httpPort() > 0)
        .map(TargetGroup::of)
        .toList();
  }

  /**
   * What Prometheus calls a target group.
   *
   * @param targets {@code host:port}
   * @param labels what every series of the targets carries
   */
  record TargetGroup(List<String> targets, Map<String, String> labels) {

    static TargetGroup of(PeerIdentity peer) {
      return new TargetGroup(
          List.of(host(peer.address()) + ":" + peer.httpPort()),
          Map.of("peer", peer.id().hex(), "name", peer.name()));
    }

    /** The host of {@code host:port}, an IPv6 one in brackets. */
    private static String host(String address) {
      String host = address.substring(0, Math.max(0, address.lastIndexOf(':')));
      return host.contains(":") ? "[" + host + "]" : host;
    }
  }
}
