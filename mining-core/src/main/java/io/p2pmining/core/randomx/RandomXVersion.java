package io.p2pmining.core.randomx;

/** The rules that differ between the two versions of the specification; see doc/design_v2.md. */
public enum RandomXVersion {
  /**
   * CFROUND always sets the rounding mode; groups F and E are mixed by XOR; the dataset address is
   * known one iteration ahead; the hash itself is compared with the target.
   */
  V1,
  /**
   * CFROUND sets the rounding mode one time in sixteen; groups F and E are mixed by AES; the
   * dataset address is known two iterations ahead; a commitment to the input and the hash is
   * compared with the target.
   */
  V2;

  /** How many dataset items a program announces ahead of the one that it reads. */
  public int announcedItems() {
    return switch (this) {
      case V1 -> 1;
      case V2 -> 2;
    };
  }
}
