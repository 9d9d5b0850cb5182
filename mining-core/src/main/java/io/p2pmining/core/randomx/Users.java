package io.p2pmining.core.randomx;

/**
 * Counts who uses something that its owner may close meanwhile; the last to leave frees it. Safe
 * for use by any thread.
 */
final class Users {

  private final Runnable free;
  private int count;
  private boolean closed;

  Users(Runnable free) {
    this.free = free;
  }

  /**
   * Somebody begins to use it.
   *
   * @throws IllegalStateException if it is closed
   */
  synchronized void add() {
    if (closed) {
      throw new IllegalStateException("the prepared seed is closed");
    }
    count++;
  }

  /** Somebody who was added leaves. */
  void remove() {
    if (leave()) {
      free.run();
    }
  }

  /** The owner leaves; later calls do nothing. */
  void close() {
    if (closeOnce()) {
      free.run();
    }
  }

  private synchronized boolean leave() {
    if (count == 0) {
      throw new IllegalStateException("left more often than added");
    }
    count--;
    return closed && count == 0;
  }

  private synchronized boolean closeOnce() {
    boolean first = !closed;
    closed = true;
    return first && count == 0;
  }
}
