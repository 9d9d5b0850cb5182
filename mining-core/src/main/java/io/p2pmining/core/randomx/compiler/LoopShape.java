package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.RandomXVersion;

/**
 * What decides the code around the programs.
 *
 * @param version which rules the loop follows
 * @param lanes hashes side by side
 * @param lineMask the address bits of a line in the scratchpad
 * @param datasetMask the address bits of an item in the part of the dataset that is a power of two
 * @param computesItems whether items are computed from the cache (light mode) instead of read
 * @param walksFirst whether the translation of an item's address is begun before the item is
 *     fetched, see {@link ItemPrefetch}
 * @param aesInstructions whether there are instructions for AES, with which version 2 mixes
 */
record LoopShape(
    RandomXVersion version,
    int lanes,
    int lineMask,
    int datasetMask,
    boolean computesItems,
    boolean walksFirst,
    boolean aesInstructions) {

  /** Whether AES is computed, but not by instructions of its own. */
  boolean computesAes() {
    return version == RandomXVersion.V2 && !aesInstructions;
  }

  /** The address bits of an item in the whole dataset. */
  static final int WHOLE_DATASET =
      (int) (CacheParameters.DATASET_BASE_BYTES - CacheParameters.ITEM_BYTES);
}
