package io.p2pmining.cli.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.options.Engine;
import io.p2pmining.common.work.Bytes;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashCalculatorTest {

  private final List<String> events = new ArrayList<>();
  private final PowAlgorithm algorithm = new CountedAlgorithm();

  @Test
  void preparesASeedOnceWhileItIsUsed() throws Exception {
    try (HashCalculator calculator = new HashCalculator(Engine.AUTO)) {
      hash(calculator, "aa", "bb", "aa", "bb", "aa");
    }

    assertThat(events).startsWith("prepare aa", "prepare bb").doesNotHaveDuplicates();
  }

  @Test
  void givesUpTheSeedUsedLongestAgoBeforeItPreparesAThird() throws Exception {
    try (HashCalculator calculator = new HashCalculator(Engine.AUTO)) {
      hash(calculator, "aa", "bb", "aa", "cc");

      assertThat(events).containsExactly("prepare aa", "prepare bb", "close bb", "prepare cc");
    }

    assertThat(events).endsWith("close aa", "close cc");
  }

  @Test
  void printsTheCommitmentBehindTheHash() throws Exception {
    try (HashCalculator calculator = new HashCalculator(Engine.AUTO)) {
      String line = hash(calculator, "aa");

      assertThat(line).isEqualTo("00".repeat(32) + " " + "11".repeat(32));
    }
  }

  private String hash(HashCalculator calculator, String... keys) throws InterruptedException {
    String last = "";
    for (String key : keys) {
      last = calculator.hash(new HashRequest(algorithm, Bytes.ofHex(key), Bytes.EMPTY));
    }
    return last;
  }

  /** Records what happens to its seeds; its commitment differs from its hash. */
  private final class CountedAlgorithm implements PowAlgorithm {

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public int maxSeedLength() {
      return 1;
    }

    @Override
    public Set<HashingMode> modes() {
      return Set.of(HashingMode.LIGHT);
    }

    @Override
    public long preparedBytes(HashingMode mode) {
      return 0;
    }

    @Override
    public long hasherBytes() {
      return 0;
    }

    @Override
    public PreparedSeed prepare(byte[] seed, HashingMode mode, Preparation preparation) {
      events.add("prepare " + Bytes.copyOf(seed));
      return new CountedSeed(this, seed);
    }
  }

  private final class CountedSeed implements PreparedSeed {

    private final PowAlgorithm algorithm;
    private final byte[] seed;

    CountedSeed(PowAlgorithm algorithm, byte[] seed) {
      this.algorithm = algorithm;
      this.seed = seed;
    }

    @Override
    public PowAlgorithm algorithm() {
      return algorithm;
    }

    @Override
    public HashingMode mode() {
      return HashingMode.LIGHT;
    }

    @Override
    public byte[] seed() {
      return seed.clone();
    }

    @Override
    public String engine() {
      return "interpreter";
    }

    @Override
    public String pages() {
      return "4k";
    }

    @Override
    public Duration cacheInitTime() {
      return Duration.ZERO;
    }

    @Override
    public Duration datasetInitTime() {
      return Duration.ZERO;
    }

    @Override
    public Hasher newHasher() {
      return new Hasher() {
        @Override
        public void hash(byte[] input, int length, byte[] hash) {}

        @Override
        public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
          Arrays.fill(proof, (byte) 0x11);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {
      events.add("close " + Bytes.copyOf(seed));
    }
  }
}
