package io.p2pmining.master.store;

/** A store that has everything an earlier process wrote to it. */
interface OpenStore extends Store, AutoCloseable {

  /** The number of the last group that an earlier process wrote; 0 if none did. */
  long lastGroup();

  /**
   * Waits until queries find what was durable when this was called. For any thread.
   *
   * @throws StoreUnavailableException if that takes too long
   */
  void awaitReadable();

  /** Lets the database have everything that is durable, for a short time. */
  @Override
  void close();
}
