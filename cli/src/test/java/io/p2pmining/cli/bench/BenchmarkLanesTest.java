package io.p2pmining.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.HashPipeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkLanesTest {

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 1", "1, 4", "3, 4", "4, 4", "5, 4", "11, 4", "12, 2", "13, 3"})
  void countsEachNonceOnceHoweverManyLanes(int count, int laneCount) {
    List<Long> proved = new ArrayList<>();
    BenchmarkLanes lanes = lanes(count, laneCount, proved);

    assertThat(lanes.begin()).isTrue();
    int hashes = 0;
    for (int counted = lanes.next(); counted > 0; counted = lanes.next()) {
      hashes += counted;
    }
    hashes += lanes.finish();

    assertThat(hashes).isEqualTo(count);
    long expected = 0;
    for (long nonce = 0; nonce < count; nonce++) {
      expected ^= mark(nonce);
      assertThat(proved).contains(nonce);
    }
    assertThat(proved).hasSize(count);
    assertThat(lanes.checksum()).isEqualTo(expected);
  }

  @Test
  void doesNotBeginWithoutNonces() {
    BenchmarkLanes lanes = lanes(0, 2, new ArrayList<>());

    assertThat(lanes.begin()).isFalse();
    assertThat(lanes.checksum()).isZero();
  }

  private static BenchmarkLanes lanes(int count, int laneCount, List<Long> proved) {
    return new BenchmarkLanes(
        new MarkingPipeline(laneCount, proved),
        new NoncePieces(new NonceCounter(count), System::nanoTime));
  }

  private static long mark(long nonce) {
    return 1L << nonce;
  }

  /** Whose hash of a nonce ends with its mark, and whose proof adds nothing. */
  private static final class MarkingPipeline implements HashPipeline {

    private final List<Long> proved;
    private final long[] loaded;
    private long[] begun = {};

    MarkingPipeline(int lanes, List<Long> proved) {
      this.loaded = new long[lanes];
      this.proved = proved;
    }

    @Override
    public int lanes() {
      return loaded.length;
    }

    @Override
    public void load(int lane, byte[] input, int length) {
      loaded[lane] = nonceOf(input);
    }

    private static int nonceOf(byte[] input) {
      return ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).getInt(39);
    }

    @Override
    public void begin() {
      begun = loaded.clone();
    }

    @Override
    public void next(byte[][] hashes) {
      finish(hashes);
      begin();
    }

    @Override
    public void finish(byte[][] hashes) {
      for (int lane = 0; lane < begun.length; lane++) {
        ByteBuffer.wrap(hashes[lane]).order(ByteOrder.LITTLE_ENDIAN).putLong(24, mark(begun[lane]));
      }
    }

    @Override
    public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
      long nonce = nonceOf(input);
      assertThat(ByteBuffer.wrap(hash).order(ByteOrder.LITTLE_ENDIAN).getLong(24))
          .as("the hash that belongs to input %s", nonce)
          .isEqualTo(mark(nonce));
      proved.add(nonce);
      System.arraycopy(hash, 0, proof, 0, hash.length);
    }

    @Override
    public void close() {}
  }
}
