package io.p2pmining.core.randomx.compiler;

/** Where generated code gets dataset items from. Whoever gives an address keeps it valid. */
public sealed interface DatasetAccess {

  /**
   * Items are read.
   *
   * @param address of item 0
   * @param mask the address bits that choose an item; {@link #WHOLE} but for measurements that want
   *     a smaller dataset
   */
  record Stored(long address, int mask) implements DatasetAccess {}

  /**
   * Items are computed.
   *
   * @param cache address of the cache
   * @param routine address of code that computes an item, as {@link
   *     io.p2pmining.core.randomx.itemcode.LookaheadItemCode} describes it, with one announced item
   *     in version 1 and two in version 2
   */
  record Computed(long cache, long routine) implements DatasetAccess {}

  /** The mask of the whole dataset. */
  int WHOLE = LoopShape.WHOLE_DATASET;
}
