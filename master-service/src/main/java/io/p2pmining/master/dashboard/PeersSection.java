package io.p2pmining.master.dashboard;

import io.p2pmining.master.peer.Peer;
import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.store.PeerHistory;
import io.p2pmining.master.store.Slice;
import io.p2pmining.master.store.StoreUnavailableException;
import io.p2pmining.master.store.Window;
import io.p2pmining.master.work.PeerId;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sorts, filters and pages the peers. Safe for use by any thread; waits for the database. */
@Component
final class PeersSection {

  private final Membership membership;
  private final PeerHistory history;
  private final Clock clock;

  PeersSection(Membership membership, PeerHistory history, Clock clock) {
    this.membership = membership;
    this.history = history;
    this.clock = clock;
  }

  PeersView view(PeersQuery query) {
    List<Member> all = membership.all();
    double rate = all.stream().mapToDouble(member -> member.peer().hashesPerSecond()).sum();
    return query.show() == PeerFilter.DISCONNECTED && query.text().isBlank()
        ? gone(query, all.size())
        : present(query, all, rate);
  }

  private PeersView present(PeersQuery query, List<Member> all, double rate) {
    Instant now = clock.instant();
    List<Member> wanted = all.stream().filter(member -> query.accepts(member, now)).toList();
    long leftOut = all.stream().filter(member -> query.leavesOut(member, now)).count();
    Optional<Map<PeerId, ShareCounts>> sortedBy =
        query.sort().needsCounts() ? counts(wanted) : Optional.of(Map.of());
    Comparator<Member> order = query.sort().comparator(sortedBy.orElse(Map.of()));
    int first = firstOf(query, wanted.size());
    List<Member> shown =
        wanted.stream()
            .sorted(query.descending() ? order.reversed() : order)
            .skip(first)
            .limit(PeersQuery.ROWS)
            .toList();
    PeersQuery actual = query.onPage(first / PeersQuery.ROWS);
    return page(actual, shown, new Numbers(wanted.size(), leftOut, all.size()), rate);
  }

  /** The last page there is, if the one that is asked for has no rows any more. */
  private static int firstOf(PeersQuery query, int count) {
    int last = Math.max(0, count - 1) / PeersQuery.ROWS;
    return Math.min(query.page(), last) * PeersQuery.ROWS;
  }

  /** Peers that left, also those that only the store remembers; the last seen are first. */
  private PeersView gone(PeersQuery query, int known) {
    try {
      Slice<Peer> slice =
          history.disconnected(new Window((long) query.page() * PeersQuery.ROWS, PeersQuery.ROWS));
      return page(
          query,
          slice.items().stream().map(membership::member).toList(),
          new Numbers(slice.total(), 0, known),
          0);
    } catch (StoreUnavailableException e) {
      return new PeersView(query, columns(query), List.of(), 0, 0, 0, 0, known, false, false);
    }
  }

  /** How many peers the question finds, how many it leaves out, and how many there are. */
  private record Numbers(long found, long leftOut, long known) {}

  private PeersView page(PeersQuery query, List<Member> shown, Numbers numbers, double rate) {
    Instant now = clock.instant();
    Map<PeerId, ShareCounts> counts = counts(shown).orElse(null);
    List<PeerRow> rows =
        shown.stream()
            .map(member -> PeerRow.of(member, countsOf(counts, member), rate, now))
            .toList();
    long first = (long) query.page() * PeersQuery.ROWS;
    return new PeersView(
        query,
        columns(query),
        rows,
        rows.isEmpty() ? 0 : first + 1,
        first + rows.size(),
        numbers.found,
        numbers.leftOut,
        numbers.known,
        counts != null,
        true);
  }

  private static @Nullable ShareCounts countsOf(
      @Nullable Map<PeerId, ShareCounts> counts, Member member) {
    return counts == null ? null : counts.getOrDefault(member.id(), ShareCounts.NONE);
  }

  private Optional<Map<PeerId, ShareCounts>> counts(List<Member> members) {
    try {
      return Optional.of(history.counts(members.stream().map(Member::id).toList()));
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  private static List<PeersView.Column> columns(PeersQuery query) {
    return Arrays.stream(PeerOrder.values()).map(order -> column(order, query)).toList();
  }

  private static PeersView.Column column(PeerOrder order, PeersQuery query) {
    String sorted = order != query.sort() ? "" : query.descending() ? "descending" : "ascending";
    return new PeersView.Column(
        order.name(),
        order.label(),
        query.sortedBy(order).parameters(),
        sorted,
        order.ordinal() >= PeerOrder.RATE.ordinal());
  }
}
