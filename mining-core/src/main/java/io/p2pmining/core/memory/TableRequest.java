package io.p2pmining.core.memory;

/**
 * What table is wanted.
 *
 * @param name what it is
 * @param purpose what it is for, in the words of an error message
 * @param pages the pages that it is to lie on
 * @param node the number of the NUMA node that its memory is taken from while that has some, if
 *     this process computes it; {@link OffHeapMemory#ANY_NODE} for any
 */
public record TableRequest(TableName name, String purpose, PagePolicy pages, int node) {

  /** A table that may lie anywhere. */
  public TableRequest(TableName name, String purpose, PagePolicy pages) {
    this(name, purpose, pages, OffHeapMemory.ANY_NODE);
  }
}
