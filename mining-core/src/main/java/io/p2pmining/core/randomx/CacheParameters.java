package io.p2pmining.core.randomx;

/**
 * What of a variant's parameters decides the cache and the dataset (doc/configuration.md of the
 * specification). Variants with equal values share both: rx/0 and rx/2 do.
 *
 * @param argonSalt the salt of Argon2d, ISO 8859-1
 * @param argonPasses passes over the 256 MiB
 * @param argonLanes independent lanes of Argon2d
 * @param superscalarLatency the latency, in simulated cycles, at which a superscalar program ends
 */
public record CacheParameters(
    String argonSalt, int argonPasses, int argonLanes, int superscalarLatency) {

  /** The size of the cache in 1 KiB blocks of Argon2d. */
  public static final int BLOCK_COUNT = 262_144;

  /** The size of the cache in bytes. */
  public static final long CACHE_BYTES = BLOCK_COUNT * 1024L;

  /** How many cache lines, and superscalar programs, go into a dataset item. */
  public static final int CACHE_ACCESSES = 8;

  /** The size of a dataset item and of a cache line in bytes. */
  public static final int ITEM_BYTES = 64;

  /** The part of the dataset that is a power of two; read addresses wrap within it. */
  public static final long DATASET_BASE_BYTES = 2_147_483_648L;

  /** The part by which the start of a program's window can move. */
  public static final long DATASET_EXTRA_BYTES = 33_554_368L;

  /** The number of 64-byte items in the dataset. */
  public static final int DATASET_ITEMS =
      (int) ((DATASET_BASE_BYTES + DATASET_EXTRA_BYTES) / ITEM_BYTES);

  /**
   * The item at a byte address in the part of the dataset that is a power of two.
   *
   * @param address 32 bits of which those beyond that part and within an item have no meaning
   */
  public static int itemAt(int address) {
    return (address & (int) (DATASET_BASE_BYTES - 1)) / ITEM_BYTES;
  }
}
