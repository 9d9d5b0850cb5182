package io.p2pmining.core.randomx;

/** From which registers the computation of an item starts (specification, section 7.3). */
public final class ItemSeed {

  /** By this is multiplied the item's number plus one, which gives r0. */
  public static final long MULTIPLIER = 6364136223846793005L;

  private static final long[] XORS = {
    0,
    0x810a978a59f5a1fcL,
    0xa77099df38c2d846L,
    0x8126b91cbf22495cL,
    0x494d2597179f8a62L,
    0x9237efb9ceaaec0cL,
    0x2f2a56746ce62d78L,
    0x84853bf7b62ce54eL
  };

  private ItemSeed() {}

  /** With what r0 is XORed to give a register, 0 to 7. */
  public static long xor(int register) {
    return XORS[register];
  }
}
