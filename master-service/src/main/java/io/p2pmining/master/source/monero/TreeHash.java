package io.p2pmining.master.source.monero;

import io.p2pmining.common.monero.Keccak256;

/**
 * The root over a block's transaction hashes. Monero's tree is not the usual one: only so many of
 * the last leaves are paired first that a power of two remains, and that many are then reduced pair
 * by pair.
 */
final class TreeHash {

  private TreeHash() {}

  /**
   * The root of the tree.
   *
   * @param leaves at least one hash of 32 bytes, the coinbase's first; not changed
   */
  static byte[] root(byte[][] leaves) {
    int count = leaves.length;
    if (count <= 2) {
      return count == 1 ? leaves[0].clone() : Keccak256.hash(leaves[0], leaves[1]);
    }
    int width = Integer.highestOneBit(count - 1);
    int kept = 2 * width - count;
    byte[][] row = new byte[width][];
    System.arraycopy(leaves, 0, row, 0, kept);
    for (int i = kept; i < width; i++) {
      int pair = kept + 2 * (i - kept);
      row[i] = Keccak256.hash(leaves[pair], leaves[pair + 1]);
    }
    for (; width > 1; width /= 2) {
      for (int i = 0; i < width / 2; i++) {
        row[i] = Keccak256.hash(row[2 * i], row[2 * i + 1]);
      }
    }
    return row[0];
  }
}
