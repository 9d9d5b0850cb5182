package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.randomx.CacheParameters;

/** How a register's value becomes the offset of a cache line (specification, section 7.3). */
final class CacheLines {

  /** The bits of a line's index. */
  static final int MASK = (int) (CacheParameters.CACHE_BYTES / CacheParameters.ITEM_BYTES - 1);

  /** From an index to an offset. */
  static final int SHIFT = Integer.numberOfTrailingZeros(CacheParameters.ITEM_BYTES);

  private CacheLines() {}
}
