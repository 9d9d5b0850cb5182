package io.p2pmining.master.dashboard;

import io.p2pmining.master.share.ShareCounts;
import io.p2pmining.master.work.PeerId;
import java.util.Comparator;
import java.util.Map;

/** By what the table of peers is sorted. */
enum PeerOrder {
  NAME("Worker", false),
  STATE("State", false),
  MODE("Mode", false),
  RATE("Hash rate", true),
  SHARE("Of total", true),
  ACCEPTED("Accepted", true),
  REJECTED("Rejected", true),
  EFFICIENCY("Efficiency", true),
  SEEN("Last seen", true);

  private final String label;
  private final boolean largestFirst;

  PeerOrder(String label, boolean largestFirst) {
    this.label = label;
    this.largestFirst = largestFirst;
  }

  String label() {
    return label;
  }

  /** Whether people who ask for this order want the largest on top. */
  boolean largestFirst() {
    return largestFirst;
  }

  /** Whether every peer's counts must be known to sort. */
  boolean needsCounts() {
    return this == ACCEPTED || this == REJECTED;
  }

  /** The order from the smallest on, the same each time. */
  Comparator<Member> comparator(Map<PeerId, ShareCounts> counts) {
    Comparator<Member> order =
        switch (this) {
          case NAME -> Comparator.comparing(Member::name, String.CASE_INSENSITIVE_ORDER);
          case STATE -> Comparator.comparing(member -> PeerRow.stateOf(member).ordinal());
          case MODE -> Comparator.comparing(member -> PeerRow.modeOf(member));
          case RATE, SHARE -> Comparator.comparingDouble(member -> member.peer().hashesPerSecond());
          case ACCEPTED -> Comparator.comparingLong(member -> counts(counts, member).accepted());
          case REJECTED ->
              Comparator.comparingLong(member -> counts(counts, member).rejectedTotal());
          case EFFICIENCY -> Comparator.comparingDouble(member -> member.efficiency().orElse(-1));
          case SEEN -> Comparator.comparing(member -> member.peer().lastSeenAt());
        };
    return order.thenComparing(member -> member.id().hex());
  }

  private static ShareCounts counts(Map<PeerId, ShareCounts> counts, Member member) {
    return counts.getOrDefault(member.id(), ShareCounts.NONE);
  }
}
