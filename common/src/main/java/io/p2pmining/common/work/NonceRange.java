package io.p2pmining.common.work;

/**
 * The half-open range [start, start + count) of unsigned 32-bit nonces; never wraps.
 *
 * @param start the first nonce, 0 to 2³² − 1
 * @param count how many nonces, 1 to 2³² − start
 */
public record NonceRange(long start, long count) {

  /** One more than the highest nonce. */
  public static final long LIMIT = 1L << 32;

  /** Every nonce there is. */
  public static final NonceRange ALL = new NonceRange(0, LIMIT);

  public NonceRange {
    if (start < 0 || start >= LIMIT || count < 1 || count > LIMIT - start) {
      throw new IllegalArgumentException("start=" + start + ", count=" + count + ", limit=2^32");
    }
  }

  /** The first nonce after the range; 2³² at most. */
  public long end() {
    return start + count;
  }

  public boolean contains(long nonce) {
    return nonce >= start && nonce < end();
  }
}
