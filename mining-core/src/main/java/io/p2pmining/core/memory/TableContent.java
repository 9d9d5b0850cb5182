package io.p2pmining.core.memory;

import java.lang.foreign.MemorySegment;

/** What a table holds. Used by one thread, which may use others. */
public interface TableContent {

  /**
   * Computes all of it.
   *
   * @throws InterruptedException if the calling thread is interrupted; the table is given up
   */
  void fill(MemorySegment table) throws InterruptedException;

  /** Whether another process has computed the right thing, as far as samples can show. */
  boolean accepts(MemorySegment table);
}
