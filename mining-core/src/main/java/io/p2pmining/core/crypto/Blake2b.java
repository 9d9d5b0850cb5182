package io.p2pmining.core.crypto;

import java.util.Arrays;
import java.util.Objects;

/**
 * BLAKE2b (RFC 7693) without a key, for digests of 1 to 64 bytes. An instance holds the state of
 * one hash, allocates nothing after construction and can be used again after each digest; it
 * belongs to one thread at a time.
 *
 * <p>The compression is cut into methods far below 8000 bytecodes each, because HotSpot never
 * compiles longer ones.
 */
public final class Blake2b {

  /** The longest digest in bytes. */
  public static final int MAX_DIGEST_LENGTH = 64;

  private static final int BLOCK_LENGTH = 128;
  private static final int ROUNDS = 12;
  private static final int PERMUTATION_COUNT = 10;

  // RFC 7693, section 2.6: the fractional parts of the square roots of the first eight primes.
  private static final long IV0 = 0x6a09e667f3bcc908L;
  private static final long IV1 = 0xbb67ae8584caa73bL;
  private static final long IV2 = 0x3c6ef372fe94f82bL;
  private static final long IV3 = 0xa54ff53a5f1d36f1L;
  private static final long IV4 = 0x510e527fade682d1L;
  private static final long IV5 = 0x9b05688c2b3e6c1fL;
  private static final long IV6 = 0x1f83d9abfb41bd6bL;
  private static final long IV7 = 0x5be0cd19137e2179L;

  // RFC 7693, section 2.7: which message word goes where, ten rounds of sixteen.
  private static final byte[] SIGMA = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, //
    14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3, //
    11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4, //
    7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8, //
    9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13, //
    2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9, //
    12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11, //
    13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10, //
    6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5, //
    10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0,
  };

  private final int digestLength;
  private final long[] chain = new long[8];
  private final long[] work = new long[16];
  private final long[] message = new long[16];
  private final byte[] block = new byte[BLOCK_LENGTH];
  private int blockFill;
  private long compressedBytes;

  /**
   * A hash of nothing yet.
   *
   * @param digestLength the length of the digests in bytes, 1 to {@link #MAX_DIGEST_LENGTH}
   */
  public Blake2b(int digestLength) {
    if (digestLength < 1 || digestLength > MAX_DIGEST_LENGTH) {
      throw new IllegalArgumentException(
          "digestLength=" + digestLength + ", must be 1 to " + MAX_DIGEST_LENGTH);
    }
    this.digestLength = digestLength;
    reset();
  }

  /** The digest of {@code input}, in a new array. */
  public static byte[] digestOf(int digestLength, byte[] input) {
    byte[] digest = new byte[digestLength];
    new Blake2b(digestLength).hash(input, 0, input.length, digest, 0);
    return digest;
  }

  /** Forgets what was absorbed since the last digest. */
  public void reset() {
    chain[0] = IV0 ^ 0x0101_0000 ^ digestLength;
    chain[1] = IV1;
    chain[2] = IV2;
    chain[3] = IV3;
    chain[4] = IV4;
    chain[5] = IV5;
    chain[6] = IV6;
    chain[7] = IV7;
    blockFill = 0;
    compressedBytes = 0;
  }

  /** Absorbs all of {@code input}. */
  public void update(byte[] input) {
    update(input, 0, input.length);
  }

  /** Absorbs {@code length} bytes of {@code input} from {@code offset} on. */
  public void update(byte[] input, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, input.length);
    int next = offset;
    int left = length;
    // The last block is compressed with a flag of its own, so a full block waits for a successor.
    if (blockFill > 0 && left > BLOCK_LENGTH - blockFill) {
      int missing = BLOCK_LENGTH - blockFill;
      System.arraycopy(input, next, block, blockFill, missing);
      compress(block, 0, BLOCK_LENGTH, 0);
      blockFill = 0;
      next += missing;
      left -= missing;
    }
    while (left > BLOCK_LENGTH) {
      compress(input, next, BLOCK_LENGTH, 0);
      next += BLOCK_LENGTH;
      left -= BLOCK_LENGTH;
    }
    System.arraycopy(input, next, block, blockFill, left);
    blockFill += left;
  }

  /** Absorbs a 32-bit word, least significant byte first. */
  public void updateInt(int word) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      if (blockFill == BLOCK_LENGTH) {
        compress(block, 0, BLOCK_LENGTH, 0);
        blockFill = 0;
      }
      block[blockFill++] = (byte) (word >>> shift);
    }
  }

  /** Writes the digest of what was absorbed to {@code digest} and begins anew. */
  public void digest(byte[] digest, int offset) {
    Objects.checkFromIndexSize(offset, digestLength, digest.length);
    Arrays.fill(block, blockFill, BLOCK_LENGTH, (byte) 0);
    compress(block, 0, blockFill, -1L);
    int wholeWords = digestLength / Long.BYTES;
    for (int i = 0; i < wholeWords; i++) {
      LittleEndian.putLong(digest, offset + i * Long.BYTES, chain[i]);
    }
    for (int i = wholeWords * Long.BYTES; i < digestLength; i++) {
      digest[offset + i] = (byte) (chain[i / Long.BYTES] >>> (i % Long.BYTES * Byte.SIZE));
    }
    reset();
  }

  /**
   * Hashes in one go, whatever was absorbed before.
   *
   * @param digest receives the digest; may be the same array as {@code input}
   */
  public void hash(byte[] input, int offset, int length, byte[] digest, int digestOffset) {
    reset();
    update(input, offset, length);
    digest(digest, digestOffset);
  }

  /** RFC 7693, section 3.2, function F. */
  private void compress(byte[] bytes, int offset, int length, long lastBlockMask) {
    for (int i = 0; i < message.length; i++) {
      message[i] = LittleEndian.getLong(bytes, offset + i * Long.BYTES);
    }
    compressedBytes += length;
    long[] v = work;
    System.arraycopy(chain, 0, v, 0, chain.length);
    v[8] = IV0;
    v[9] = IV1;
    v[10] = IV2;
    v[11] = IV3;
    v[12] = IV4 ^ compressedBytes;
    v[13] = IV5;
    v[14] = IV6 ^ lastBlockMask;
    v[15] = IV7;
    for (int round = 0; round < ROUNDS; round++) {
      round(v, message, round % PERMUTATION_COUNT * message.length);
    }
    for (int i = 0; i < chain.length; i++) {
      chain[i] ^= v[i] ^ v[i + 8];
    }
  }

  private static void round(long[] v, long[] m, int s) {
    mix(v, 0, 4, 8, 12, m[SIGMA[s]], m[SIGMA[s + 1]]);
    mix(v, 1, 5, 9, 13, m[SIGMA[s + 2]], m[SIGMA[s + 3]]);
    mix(v, 2, 6, 10, 14, m[SIGMA[s + 4]], m[SIGMA[s + 5]]);
    mix(v, 3, 7, 11, 15, m[SIGMA[s + 6]], m[SIGMA[s + 7]]);
    mix(v, 0, 5, 10, 15, m[SIGMA[s + 8]], m[SIGMA[s + 9]]);
    mix(v, 1, 6, 11, 12, m[SIGMA[s + 10]], m[SIGMA[s + 11]]);
    mix(v, 2, 7, 8, 13, m[SIGMA[s + 12]], m[SIGMA[s + 13]]);
    mix(v, 3, 4, 9, 14, m[SIGMA[s + 14]], m[SIGMA[s + 15]]);
  }

  /** RFC 7693, section 3.1, function G. */
  private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
    long va = v[a] + v[b] + x;
    long vd = Long.rotateRight(v[d] ^ va, 32);
    long vc = v[c] + vd;
    long vb = Long.rotateRight(v[b] ^ vc, 24);
    va += vb + y;
    vd = Long.rotateRight(vd ^ va, 16);
    vc += vd;
    v[a] = va;
    v[b] = Long.rotateRight(vb ^ vc, 63);
    v[c] = vc;
    v[d] = vd;
  }
}
