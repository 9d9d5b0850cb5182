package io.p2pmining.master.dashboard;

import io.p2pmining.master.share.FoundBlock;
import io.p2pmining.master.share.Share;
import io.p2pmining.master.store.History;
import io.p2pmining.master.store.StoreUnavailableException;
import io.p2pmining.master.store.Window;
import io.p2pmining.master.work.PeerId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Shows the last blocks and shares. Safe for use by any thread; waits for the database. */
@Component
final class FindingsSection {

  private static final int BLOCKS = 6;
  private static final int SHARES = 8;

  private final History history;
  private final Membership membership;
  private final DashboardSettings settings;
  private final Clock clock;

  FindingsSection(History history, Membership membership, DashboardSettings settings, Clock clock) {
    this.history = history;
    this.membership = membership;
    this.settings = settings;
    this.clock = clock;
  }

  FindingsView view() {
    Instant now = clock.instant();
    try {
      return new FindingsView(
          history.blocks(null, new Window(0, BLOCKS)).items().stream()
              .map(block -> view(block, now))
              .toList(),
          history.latestShares(SHARES).stream().map(share -> view(share, now)).toList(),
          true);
    } catch (StoreUnavailableException e) {
      return new FindingsView(List.of(), List.of(), false);
    }
  }

  private FindingsView.Block view(FoundBlock block, Instant now) {
    String height = block.height() > 0 ? Figures.count(block.height()).text() : "–";
    return new FindingsView.Block(
        height,
        settings.explorerUrl().isEmpty() || block.height() == 0
            ? ""
            : settings.explorerUrl() + block.height(),
        block.hash().toHex(),
        nameOf(block.peer()),
        FindingsView.wordFor(block.outcome()),
        FindingsView.toneFor(block.outcome()),
        block.detail(),
        Figures.large(block.difficulty()),
        Figures.ago(block.foundAt(), now));
  }

  private FindingsView.Found view(Share share, Instant now) {
    return new FindingsView.Found(
        nameOf(share.peer()),
        Figures.large(share.difficulty()),
        share.hash().toHex(),
        share.block(),
        Figures.ago(share.foundAt(), now));
  }

  /** Also of those that an earlier process of the master knew. */
  private String nameOf(PeerId id) {
    return PeerNames.of(id, membership.find(id).map(Member::peer));
  }
}
