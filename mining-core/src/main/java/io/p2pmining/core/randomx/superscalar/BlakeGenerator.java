package io.p2pmining.core.randomx.superscalar;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.crypto.LittleEndian;

/**
 * The random numbers from which superscalar programs are generated (specification, section 3.5).
 * Belongs to one thread.
 */
public final class BlakeGenerator {

  /** The longest seed in bytes. */
  public static final int MAX_SEED_LENGTH = 60;

  private final Blake2b hash = new Blake2b(Blake2b.MAX_DIGEST_LENGTH);
  private final byte[] state = new byte[Blake2b.MAX_DIGEST_LENGTH];
  private int used = state.length;

  /**
   * A generator at the start of its sequence.
   *
   * @param seed at most {@link #MAX_SEED_LENGTH} bytes
   */
  public BlakeGenerator(byte[] seed) {
    if (seed.length > MAX_SEED_LENGTH) {
      throw new IllegalArgumentException(
          "seed length=" + seed.length + ", must be at most " + MAX_SEED_LENGTH);
    }
    System.arraycopy(seed, 0, state, 0, seed.length);
  }

  /** The next byte, 0 to 255. */
  int nextByte() {
    provide(1);
    return state[used++] & 0xff;
  }

  /** The next 32 bits. */
  int nextInt() {
    provide(Integer.BYTES);
    int next = LittleEndian.getInt(state, used);
    used += Integer.BYTES;
    return next;
  }

  private void provide(int bytes) {
    if (used + bytes > state.length) {
      hash.hash(state, 0, state.length, state, 0);
      used = 0;
    }
  }
}
