package io.p2pmining.master.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/**
 * Which part of the table of peers somebody looks at. Immutable.
 *
 * @param text a part of the name, the address or the id
 * @param page from 0
 */
record PeersQuery(String text, PeerFilter show, PeerOrder sort, boolean descending, int page) {

  /** As long as the longest name. */
  static final int MAX_TEXT = 64;

  /** Rows on a page: a screen or two, and some tens of kilobytes. */
  static final int ROWS = 50;

  /** Keeps the index of the first row within an int. */
  static final int MAX_PAGE = 1_000_000;

  /** What who asks for nothing sees: everybody who is there, the fastest first. */
  static final PeersQuery FIRST = new PeersQuery("", PeerFilter.PRESENT, PeerOrder.RATE, true, 0);

  boolean accepts(Member member, Instant now) {
    return show.accepts(member, now) && contains(member);
  }

  /** Whether it is left out only because it is gone. */
  boolean leavesOut(Member member, Instant now) {
    return show == PeerFilter.PRESENT && contains(member) && !show.accepts(member, now);
  }

  private boolean contains(Member member) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    return wanted.isEmpty()
        || member.name().toLowerCase(Locale.ROOT).contains(wanted)
        || member.peer().identity().address().contains(wanted)
        || member.id().hex().startsWith(wanted);
  }

  /** The same, sorted by a column; the other way round if it is already. */
  PeersQuery sortedBy(PeerOrder order) {
    boolean down = order == sort ? !descending : order.largestFirst();
    return new PeersQuery(text, show, order, down, 0);
  }

  /** The same with those that are gone. */
  PeersQuery withGone() {
    return new PeersQuery(text, PeerFilter.ALL, sort, descending, 0);
  }

  PeersQuery onPage(int number) {
    return new PeersQuery(text, show, sort, descending, number);
  }

  /** As the query of an address. */
  public String parameters() {
    return "q=%s&show=%s&sort=%s&desc=%s&page=%d"
        .formatted(URLEncoder.encode(text, StandardCharsets.UTF_8), show, sort, descending, page);
  }
}
