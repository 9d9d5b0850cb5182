package io.p2pmining.core.randomx;

/**
 * The dataset as the virtual machine reads it: computed on the fly from the cache (light mode) or
 * looked up (full mode). Each hashing thread has its own; not safe for use by several.
 */
public interface DatasetItems {

  /**
   * XORs an item into the integer registers (specification, section 4.6.2, step 7).
   *
   * @param item the item's number, 0 to {@link CacheParameters#DATASET_ITEMS} − 1
   * @param registers r0 to r7
   */
  void xorInto(int item, long[] registers);

  /**
   * Announces an item that will soon be needed (specification, section 4.6.2, step 6). Changes no
   * result; in light mode items that were announced are computed together, in less time.
   */
  default void prefetch(int item) {}
}
