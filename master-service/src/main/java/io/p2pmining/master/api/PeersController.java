package io.p2pmining.master.api;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerDisconnector;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.posting.StandingOrders;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.store.PeerHistory;
import io.p2pmining.master.store.Slice;
import io.p2pmining.master.store.Window;
import io.p2pmining.master.trust.ConductBook;
import io.p2pmining.master.work.PeerId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /peers}: connected peers first, then the ones that were. */
@RestController
@RequestMapping("/peers")
final class PeersController {

  private static final String BY_OPERATOR = "by an operator";

  private final PeerRegistry registry;
  private final PeerStandings standings;
  private final ConductBook conducts;
  private final StandingOrders orders;
  private final PeerDisconnector connections;
  private final PeerHistory history;
  private final RepeatableRequests requests;

  PeersController(
      PeerRegistry registry,
      PeerStandings standings,
      ConductBook conducts,
      StandingOrders orders,
      PeerDisconnector connections,
      PeerHistory history,
      RepeatableRequests requests) {
    this.registry = registry;
    this.standings = standings;
    this.conducts = conducts;
    this.orders = orders;
    this.connections = connections;
    this.history = history;
    this.requests = requests;
  }

  @Operation(operationId = "listPeers", summary = "Peers, connected ones first")
  @GetMapping
  Page<PeerView> list(@RequestParam @Nullable PeerState state, PageQuery page) {
    List<Peer> connected =
        registry.all().stream()
            .filter(Peer::isConnected)
            .filter(peer -> state == null || peer.state() == state)
            .toList();
    List<Peer> items =
        new ArrayList<>(connected.stream().skip(page.offset()).limit(page.size()).toList());
    long total = connected.size();
    if (state == null || state == PeerState.DISCONNECTED) {
      Slice<Peer> others =
          history.disconnected(
              new Window(
                  Math.max(0, page.offset() - connected.size()), page.size() - items.size()));
      items.addAll(others.items());
      total += others.total();
    }
    Map<PeerId, ShareCounts> counts =
        history.counts(items.stream().map(peer -> peer.identity().id()).toList());
    return new Page<>(
        items.stream().map(peer -> view(peer, counts)).toList(), page.page(), page.size(), total);
  }

  @Operation(operationId = "getPeer", summary = "One peer")
  @GetMapping("/{id}")
  PeerView get(@PathVariable String id) {
    return view(known(id));
  }

  /** Lets a peer finish what it has; it gets nothing new until it is resumed. */
  @Operation(
      operationId = "drainPeer",
      summary = "Lets a peer finish what it has, and gives it nothing new")
  @PostMapping("/{id}/drain")
  ResponseEntity<PeerView> drain(
      @PathVariable String id,
      @RequestHeader(name = RepeatableRequests.KEY, required = false) @Nullable String key,
      @RequestBody(required = false) @Nullable Drain body) {
    String reason = body == null ? null : body.reason();
    Peer peer = known(id);
    String why = Reasons.orElse(reason, BY_OPERATOR);
    return order(
        "drain", peer, key, body, receipt -> orders.drain(peer.identity().id(), why, receipt));
  }

  /** Gives a peer work again. */
  @Operation(operationId = "resumePeer", summary = "Gives a peer work again")
  @PostMapping("/{id}/resume")
  ResponseEntity<PeerView> resume(
      @PathVariable String id,
      @RequestHeader(name = RepeatableRequests.KEY, required = false) @Nullable String key) {
    Peer peer = known(id);
    return order(
        "resume", peer, key, null, receipt -> orders.resume(peer.identity().id(), receipt));
  }

  /** Takes a peer's work away and gives it none, for a while or until it is resumed. */
  @Operation(
      operationId = "quarantinePeer",
      summary = "Takes all work from a peer, for a while or until it is resumed")
  @PostMapping("/{id}/quarantine")
  ResponseEntity<PeerView> quarantine(
      @PathVariable String id,
      @RequestHeader(name = RepeatableRequests.KEY, required = false) @Nullable String key,
      @RequestBody(required = false) @Nullable Quarantine body) {
    Quarantine asked = body == null ? new Quarantine(null, null) : body;
    Peer peer = known(id);
    String reason = Reasons.orElse(asked.reason(), BY_OPERATOR);
    Duration duration = asked.duration();
    return order(
        "quarantine",
        peer,
        key,
        body,
        receipt -> orders.quarantine(peer.identity().id(), reason, duration, receipt));
  }

  /** Says goodbye to a peer; it may come back. */
  @Operation(
      operationId = "disconnectPeer",
      summary = "Says goodbye to a peer, which may come back")
  @PostMapping("/{id}/disconnect")
  ResponseEntity<PeerView> disconnect(
      @PathVariable String id,
      @RequestHeader(name = RepeatableRequests.KEY, required = false) @Nullable String key) {
    Peer peer = known(id);
    PeerId peerId = peer.identity().id();
    return requests.change(
        request("disconnect", peerId, key, null),
        PeerView.class,
        () -> {
          if (!connections.disconnect(peerId, "an operator ended the connection")) {
            throw new ConflictException("The peer is not connected");
          }
          return view(peer);
        });
  }

  private ResponseEntity<PeerView> order(
      String action,
      Peer peer,
      @Nullable String key,
      @Nullable Object body,
      RepeatableRequests.Wish<Standing> order) {
    PeerId id = peer.identity().id();
    ShareCounts counts = history.counts(List.of(id)).getOrDefault(id, ShareCounts.NONE);
    return requests.amend(
        request(action, id, key, body),
        PeerView.class,
        (Standing standing) -> PeerView.of(peer, standing, conducts.of(id), counts),
        order);
  }

  private static RepeatableRequests.Request request(
      String action, PeerId peer, @Nullable String key, @Nullable Object body) {
    return new RepeatableRequests.Request("POST /peers/" + peer.hex() + "/" + action, body, key);
  }

  private Peer known(String id) {
    return PeerIds.parse(id)
        .flatMap(peer -> registry.find(peer).or(() -> history.find(peer)))
        .orElseThrow(() -> new UnknownIdException("peer", id));
  }

  /** Why a peer is drained. */
  record Drain(@Nullable String reason) {}

  /** Why a peer is quarantined and for how long; without a duration, until it is resumed. */
  record Quarantine(@Nullable String reason, @Nullable Long durationSeconds) {

    private static final long LONGEST_SECONDS = Duration.ofDays(366).toSeconds();

    @Nullable Duration duration() {
      Long seconds = durationSeconds;
      if (seconds == null) {
        return null;
      }
      if (seconds < 1 || seconds > LONGEST_SECONDS) {
        throw new BadParameterException(
            "durationSeconds", seconds.toString(), "must be from 1 to " + LONGEST_SECONDS);
      }
      return Duration.ofSeconds(seconds);
    }
  }

  private PeerView view(Peer peer) {
    return view(peer, history.counts(List.of(peer.identity().id())));
  }

  private PeerView view(Peer peer, Map<PeerId, ShareCounts> counts) {
    PeerId id = peer.identity().id();
    return PeerView.of(
        peer, standings.of(id), conducts.of(id), counts.getOrDefault(id, ShareCounts.NONE));
  }
}
