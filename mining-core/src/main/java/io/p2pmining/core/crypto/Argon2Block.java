package io.p2pmining.core.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The block a lane of Argon2 filled last, and how the next one follows from it (RFC 9106, sections
 * 3.5 and 3.6). Belongs to one thread.
 */
final class Argon2Block {

  /** The length of a block in bytes. */
  static final int BYTES = 1024;

  private static final int WORDS = BYTES / Long.BYTES;
  private static final long LOW_HALF = 0xffff_ffffL;
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long[] words = new long[WORDS];
  private final long[] permuted = new long[WORDS];
  private final long[] read = new long[WORDS];

  /** The first word, which chooses the next reference block. */
  long firstWord() {
    return words[0];
  }

  /** Reads the block at {@code offset}. */
  void load(MemorySegment memory, long offset) {
    MemorySegment.copy(memory, WORD, offset, words, 0, WORDS);
  }

  /** Compresses this block with the one at {@code referenceOffset}; writes and keeps the result. */
  void advance(MemorySegment memory, long referenceOffset, long targetOffset) {
    compress(memory, referenceOffset);
    for (int i = 0; i < WORDS; i++) {
      words[i] ^= permuted[i];
    }
    MemorySegment.copy(words, 0, memory, WORD, targetOffset, WORDS);
  }

  /** As {@link #advance}, with the old block at {@code targetOffset} XORed in (later passes). */
  void advanceOver(MemorySegment memory, long referenceOffset, long targetOffset) {
    compress(memory, referenceOffset);
    MemorySegment.copy(memory, WORD, targetOffset, read, 0, WORDS);
    for (int i = 0; i < WORDS; i++) {
      words[i] ^= permuted[i] ^ read[i];
    }
    MemorySegment.copy(words, 0, memory, WORD, targetOffset, WORDS);
  }

  /** Leaves R = this XOR reference in {@code words} and P(R) in {@code permuted}. */
  private void compress(MemorySegment memory, long referenceOffset) {
    MemorySegment.copy(memory, WORD, referenceOffset, read, 0, WORDS);
    for (int i = 0; i < WORDS; i++) {
      long word = words[i] ^ read[i];
      words[i] = word;
      permuted[i] = word;
    }
    for (int row = 0; row < WORDS; row += 16) {
      permuteRow(permuted, row);
    }
    for (int column = 0; column < 16; column += 2) {
      permuteColumn(permuted, column);
    }
  }

  private static void permuteRow(long[] v, int i) {
    mix(v, i, i + 4, i + 8, i + 12);
    mix(v, i + 1, i + 5, i + 9, i + 13);
    mix(v, i + 2, i + 6, i + 10, i + 14);
    mix(v, i + 3, i + 7, i + 11, i + 15);
    mix(v, i, i + 5, i + 10, i + 15);
    mix(v, i + 1, i + 6, i + 11, i + 12);
    mix(v, i + 2, i + 7, i + 8, i + 13);
    mix(v, i + 3, i + 4, i + 9, i + 14);
  }

  /** A column is two words wide: words 0, 1, 16, 17, 32, 33 and so on. */
  private static void permuteColumn(long[] v, int i) {
    mix(v, i, i + 32, i + 64, i + 96);
    mix(v, i + 1, i + 33, i + 65, i + 97);
    mix(v, i + 16, i + 48, i + 80, i + 112);
    mix(v, i + 17, i + 49, i + 81, i + 113);
    mix(v, i, i + 33, i + 80, i + 113);
    mix(v, i + 1, i + 48, i + 81, i + 96);
    mix(v, i + 16, i + 49, i + 64, i + 97);
    mix(v, i + 17, i + 32, i + 65, i + 112);
  }

  /** The function G of Blake2b with multiplications worked in. */
  private static void mix(long[] v, int a, int b, int c, int d) {
    long va = multiplyAdd(v[a], v[b]);
    long vd = Long.rotateRight(v[d] ^ va, 32);
    long vc = multiplyAdd(v[c], vd);
    long vb = Long.rotateRight(v[b] ^ vc, 24);
    va = multiplyAdd(va, vb);
    vd = Long.rotateRight(vd ^ va, 16);
    vc = multiplyAdd(vc, vd);
    v[a] = va;
    v[b] = Long.rotateRight(vb ^ vc, 63);
    v[c] = vc;
    v[d] = vd;
  }

  private static long multiplyAdd(long x, long y) {
    return x + y + 2 * (x & LOW_HALF) * (y & LOW_HALF);
  }
}
