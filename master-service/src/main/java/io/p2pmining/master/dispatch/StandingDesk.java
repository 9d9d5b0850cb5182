package io.p2pmining.master.dispatch;

import io.p2pmining.master.peer.PeerStandings;
import io.p2pmining.master.peer.Standing;
import io.p2pmining.master.peer.StandingChange;
import io.p2pmining.master.posting.Outcome;
import io.p2pmining.master.posting.Receipt;
import io.p2pmining.master.posting.StandingOrders;
import io.p2pmining.master.work.PeerId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes standings on the dispatcher's thread, where every change of them is made. */
final class StandingDesk implements StandingOrders {

  private final PeerStandings standings;
  private final DurableWishes wishes;

  StandingDesk(PeerStandings standings, DurableWishes wishes) {
    this.standings = standings;
    this.wishes = wishes;
  }

  @Override
  public CompletableFuture<Outcome<Standing>> drain(
      PeerId peer, String reason, Receipt<Standing> receipt) {
    return change(() -> standings.drain(peer, reason), receipt);
  }

  @Override
  public CompletableFuture<Outcome<Standing>> quarantine(
      PeerId peer, String reason, @Nullable Duration duration, Receipt<Standing> receipt) {
    return change(() -> standings.quarantine(peer, reason, duration), receipt);
  }

  @Override
  public CompletableFuture<Outcome<Standing>> resume(PeerId peer, Receipt<Standing> receipt) {
    return change(() -> standings.resume(peer), receipt);
  }

  private CompletableFuture<Outcome<Standing>> change(
      Supplier<StandingChange> change, Receipt<Standing> receipt) {
    return wishes.fulfil(() -> outcome(change.get()), receipt, () -> {});
  }

  private static Outcome<Standing> outcome(StandingChange change) {
    return switch (change) {
      case StandingChange.Changed(Standing standing) -> new Outcome.Done<>(standing);
      case StandingChange.Conflict(String detail) -> new Outcome.Conflict<>(detail);
    };
  }
}
