package io.p2pmining.master.dashboard;

import java.util.List;

/**
 * The table of peers as the page shows it.
 *
 * @param from the number of the first row, from 1; 0 if there is none
 * @param total how many rows there are on all pages
 * @param leftOut how many more there are that are gone and not among the rows
 * @param known how many peers there are, shown or not
 * @param countsKnown whether the database said how many shares were found
 * @param available whether the rows could be read at all
 */
record PeersView(
    PeersQuery query,
    List<Column> columns,
    List<PeerRow> rows,
    long from,
    long to,
    long total,
    long leftOut,
    long known,
    boolean countsKnown,
    boolean available) {

  PeersView {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A column's head.
   *
   * @param parameters what a click on it asks for
   * @param sorted {@code ascending}, {@code descending}, or empty
   * @param numeric whether its values stand to the right
   */
  record Column(String key, String label, String parameters, String sorted, boolean numeric) {}

  /** What is said of those that are left out. */
  public String leftOutSentence() {
    return Words.many(
        leftOut, "worker that is gone is not shown.", "workers that are gone are not shown.");
  }

  public String leftOutParameters() {
    return query.withGone().parameters();
  }

  public boolean hasNext() {
    return to < total;
  }

  public boolean hasPrevious() {
    return query.page() > 0;
  }

  public String nextParameters() {
    return query.onPage(query.page() + 1).parameters();
  }

  public String previousParameters() {
    return query.onPage(Math.max(0, query.page() - 1)).parameters();
  }
}
