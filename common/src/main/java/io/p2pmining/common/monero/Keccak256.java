package io.p2pmining.common.monero;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Keccak with a 256-bit digest and the padding of the original submission (a single 1 bit, then
 * pad10*1), as Monero uses it; SHA3-256 of FIPS 202 pads differently and gives other digests.
 * Stateless: any thread may call it.
 *
 * <p>The permutation is Keccak-f[1600] of FIPS 202, section 3.3: 25 lanes of 64 bits, lane (x, y)
 * at index x + 5y, 24 rounds of theta, rho, pi, chi and iota. Rho and pi are done together by
 * walking the one cycle that pi makes of all lanes but the first.
 */
public final class Keccak256 {

  /** The length of a digest in bytes. */
  public static final int LENGTH = 32;

  private static final int LANES = 25;
  private static final int ROUNDS = 24;
  private static final int RATE_BYTES = 200 - 2 * LENGTH;

  private static final VarHandle LANE =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[] ROUND_CONSTANTS = roundConstants();
  private static final int[] PI_CYCLE = piCycle();

  private Keccak256() {}

  /** The digest of the parts, one after the other. */
  public static byte[] hash(byte[]... parts) {
    long[] state = new long[LANES];
    byte[] block = new byte[RATE_BYTES];
    int filled = 0;
    for (byte[] part : parts) {
      for (byte next : part) {
        block[filled++] = next;
        if (filled == RATE_BYTES) {
          absorb(state, block);
          filled = 0;
        }
      }
    }
    Arrays.fill(block, filled, RATE_BYTES, (byte) 0);
    block[filled] ^= 0x01;
    block[RATE_BYTES - 1] ^= (byte) 0x80;
    absorb(state, block);
    byte[] digest = new byte[LENGTH];
    for (int i = 0; i < LENGTH / Long.BYTES; i++) {
      LANE.set(digest, i * Long.BYTES, state[i]);
    }
    return digest;
  }

  private static void absorb(long[] state, byte[] block) {
    for (int i = 0; i < RATE_BYTES / Long.BYTES; i++) {
      state[i] ^= (long) LANE.get(block, i * Long.BYTES);
    }
    long[] column = new long[5];
    for (int round = 0; round < ROUNDS; round++) {
      theta(state, column);
      rhoAndPi(state);
      chi(state, column);
      state[0] ^= ROUND_CONSTANTS[round];
    }
  }

  private static void theta(long[] state, long[] parity) {
    for (int x = 0; x < 5; x++) {
      parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
    }
    for (int x = 0; x < 5; x++) {
      long flip = parity[(x + 4) % 5] ^ Long.rotateLeft(parity[(x + 1) % 5], 1);
      for (int y = 0; y < LANES; y += 5) {
        state[x + y] ^= flip;
      }
    }
  }

  private static void rhoAndPi(long[] state) {
    long moving = state[PI_CYCLE[ROUNDS - 1]];
    for (int t = 0; t < ROUNDS; t++) {
      int to = PI_CYCLE[t];
      long displaced = state[to];
      int rotation = (t + 1) * (t + 2) / 2 % Long.SIZE;
      state[to] = Long.rotateLeft(moving, rotation);
      moving = displaced;
    }
  }

  private static void chi(long[] state, long[] row) {
    for (int y = 0; y < LANES; y += 5) {
      System.arraycopy(state, y, row, 0, 5);
      for (int x = 0; x < 5; x++) {
        state[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
      }
    }
  }

  /** The lanes in the order in which pi moves them, beginning with where lane (1, 0) goes. */
  private static int[] piCycle() {
    int[] cycle = new int[ROUNDS];
    int x = 1;
    int y = 0;
    for (int t = 0; t < ROUNDS; t++) {
      int nextY = (2 * x + 3 * y) % 5;
      x = y;
      y = nextY;
      cycle[t] = x + 5 * y;
    }
    return cycle;
  }

  /**
   * Bit 2^j − 1 of a round's constant is the next output of the shift register of section 3.2.5.
   */
  private static long[] roundConstants() {
    long[] constants = new long[ROUNDS];
    int register = 1;
    for (int round = 0; round < ROUNDS; round++) {
      for (int j = 0; j <= 6; j++) {
        constants[round] |= (long) (register & 1) << ((1 << j) - 1);
        register = (register & 0x80) == 0 ? register << 1 : (register << 1 ^ 0x171);
      }
    }
    return constants;
  }
}
