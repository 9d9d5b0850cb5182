package io.p2pmining.master.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes groups from a log to the database, many in a transaction; of those that it has already,
 * the totals of peers. Used by one thread.
 */
final class LogReplay implements GroupLog.Visitor {

  private static final Logger LOG = LoggerFactory.getLogger(LogReplay.class);

  /** Rows of one transaction, about: some tenths of a second's work. */
  static final int MAX_ROWS = 20_000;

  private final SqlStore database;
  private final Position before;
  private Group collected = new Group();
  private int groups;

  /**
   * @param before how far the database is; the groups that {@linkplain Position#peerTotals the
   *     totals of peers} lack are to be visited
   */
  LogReplay(SqlStore database, Position before) {
    this.database = database;
    this.before = before;
    if (before.peerTotals() < before.group()) {
      collected.number(before.group());
    }
  }

  @Override
  public void visit(Group group) throws StoreException {
    if (group.number() <= before.group()) {
      collected.addPeerTotals(group.peerTotals());
      return;
    }
    collected.appendChanges(group);
    collected.number(group.number());
    groups++;
    if (collected.size() >= MAX_ROWS) {
      commit();
    }
  }

  /** Writes what is left. */
  void finish() throws StoreException {
    commit();
    if (groups > 0) {
      LOG.info("{} groups of changes were written from the log to the database", groups);
    }
  }

  private void commit() throws StoreException {
    if (collected.number() > 0) {
      database.commit(collected);
      collected = new Group();
    }
  }
}
