package io.p2pmining.master.api;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.store.PeerHistory;
import io.p2pmining.master.store.Slice;
import io.p2pmining.master.store.Window;
import io.p2pmining.master.work.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /peers}: connected peers first, then the ones that were. */
@RestController
@RequestMapping("/peers")
final class PeersController {

  private final PeerRegistry registry;
  private final PeerHistory history;

  PeersController(PeerRegistry registry, PeerHistory history) {
    this.registry = registry;
    this.history = history;
  }

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

  @GetMapping("/{id}")
  PeerView get(@PathVariable String id) {
    Peer peer =
        PeerIds.parse(id)
            .flatMap(known -> registry.find(known).or(() -> history.find(known)))
            .orElseThrow(() -> new UnknownIdException("peer", id));
    return view(peer, history.counts(List.of(peer.identity().id())));
  }

  private static PeerView view(Peer peer, Map<PeerId, ShareCounts> counts) {
    return PeerView.of(peer, counts.getOrDefault(peer.identity().id(), ShareCounts.NONE));
  }
}
