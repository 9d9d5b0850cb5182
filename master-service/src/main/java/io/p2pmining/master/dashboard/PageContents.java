package io.p2pmining.master.dashboard;

import io.p2pmining.master.node.MasterIdentity;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** All that the whole page shows at one moment. Safe for use by any thread. */
@Component
final class PageContents {

  private final MasterIdentity self;
  private final NowSection now;
  private final PeersSection peers;
  private final WorkSection work;
  private final FindingsSection findings;
  private final EventsSection events;

  PageContents(
      MasterIdentity self,
      NowSection now,
      PeersSection peers,
      WorkSection work,
      FindingsSection findings,
      EventsSection events) {
    this.self = self;
    this.now = now;
    this.peers = peers;
    this.work = work;
    this.findings = findings;
    this.events = events;
  }

  /** By the names that the templates call it. */
  Map<String, Object> of(PeersQuery query) {
    Map<String, Object> contents = new HashMap<>();
    contents.put("master", self.name());
    contents.put("filters", PeerFilter.values());
    contents.put("now", now.view());
    contents.put("peers", peers.view(query));
    contents.put("work", work.view());
    contents.put("found", findings.view());
    contents.put("events", events.view());
    return contents;
  }
}
