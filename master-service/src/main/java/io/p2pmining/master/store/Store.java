package io.p2pmining.master.store;

/** Where groups become durable. Used by one thread at a time. */
public interface Store {

  /**
   * Writes a group as one transaction, which survives a power cut once this returns. A group that
   * an earlier, unanswered call has written is not written again.
   *
   * @throws StoreException if it is not known to be durable; the same group is to be tried again
   */
  void write(Group group) throws StoreException;
}
