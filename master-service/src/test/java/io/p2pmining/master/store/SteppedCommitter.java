package io.p2pmining.master.store;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes groups durable when it is told to, on the caller's thread. */
public final class SteppedCommitter {

  private final Journal journal;
  private final Store store;
  private final Executor owner;
  private @Nullable Group unwritten;

  /**
   * @param owner runs what waited for a group
   */
  public SteppedCommitter(Journal journal, Store store, Executor owner) {
    this.journal = journal;
    this.store = store;
    this.owner = owner;
  }

  /** Writes what there is, and answers whether there was anything, and it could be written. */
  public boolean commit() {
    Group group = unwritten == null ? journal.take(true) : unwritten;
    unwritten = group;
    try {
      if (!group.changesNothing()) {
        store.write(group);
      }
    } catch (StoreException e) {
      return false;
    }
    unwritten = null;
    group.effects().forEach(owner::execute);
    return !group.isEmpty();
  }
}
