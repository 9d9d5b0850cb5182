package io.p2pmining.master.api;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.peer.PeerRegistry;
import io.p2pmining.master.peer.PeerState;
import io.p2pmining.master.share.ShareLedger;
import java.util.List;
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
  private final ShareLedger ledger;

  PeersController(PeerRegistry registry, ShareLedger ledger) {
    this.registry = registry;
    this.ledger = ledger;
  }

  @GetMapping
  Page<PeerView> list(@RequestParam @Nullable PeerState state, PageQuery page) {
    List<Peer> matching =
        registry.all().stream().filter(peer -> state == null || peer.state() == state).toList();
    return page.of(matching, this::view);
  }

  @GetMapping("/{id}")
  PeerView get(@PathVariable String id) {
    return PeerIds.parse(id)
        .flatMap(registry::find)
        .map(this::view)
        .orElseThrow(() -> new UnknownIdException("peer", id));
  }

  private PeerView view(Peer peer) {
    return PeerView.of(peer, ledger.counts(peer.identity().id()));
  }
}
