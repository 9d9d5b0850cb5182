package io.p2pmining.core.crypto.compiled;

/** A block of AES: 16 bytes as two little-endian words. */
record AesBlock(long low, long high) {

  /** Every pair of words as a block. */
  static AesBlock[] ofWords(long[] words) {
    AesBlock[] blocks = new AesBlock[words.length / 2];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = new AesBlock(words[2 * i], words[2 * i + 1]);
    }
    return blocks;
  }
}
