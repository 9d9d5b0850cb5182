package io.p2pmining.core.miner;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.KnownAnswer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SelfTestTest {

  private static final byte RIGHT = 7;

  private final KnownAnswer answer = new KnownAnswer(new byte[] {1, 2, 3}, filled(RIGHT));
  private boolean silentAtTheEnd;

  @Test
  void findsNothingWrongWithARightPipeline() {
    assertThat(SelfTest.fault(new Constant(), answer)).isEmpty();
  }

  @Test
  void noticesAPipelineThatWritesNoHash() {
    silentAtTheEnd = true;
    assertThat(SelfTest.fault(new Constant(), answer))
        .hasValue(
            "the hash of a known input is 0707070707070707…, lane 0 of 2 computed 0000000000000000…");
  }

  private static byte[] filled(byte value) {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    Arrays.fill(hash, value);
    return hash;
  }

  /** Two lanes with the same hash for everything. */
  private final class Constant implements HashPipeline {

    @Override
    public int lanes() {
      return 2;
    }

    @Override
    public void load(int lane, byte[] input, int length) {
      assertThat(input).startsWith(1, 2, 3);
      assertThat(length).isEqualTo(3);
    }

    @Override
    public void begin() {}

    @Override
    public void next(byte[][] hashes) {
      for (byte[] hash : hashes) {
        Arrays.fill(hash, RIGHT);
      }
    }

    @Override
    public void finish(byte[][] hashes) {
      if (!silentAtTheEnd) {
        next(hashes);
      }
    }

    @Override
    public void proof(byte[] input, int length, byte[] hash, byte[] proof) {}

    @Override
    public void close() {}
  }
}
