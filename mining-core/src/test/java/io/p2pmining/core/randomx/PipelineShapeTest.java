package io.p2pmining.core.randomx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One seed gives pipelines of any shape, and all compute the same. */
class PipelineShapeTest {

  private static final byte[] KEY = "test key 000".getBytes(US_ASCII);

  private static PreparedSeed seed(String name, CompilerPolicy compiler)
      throws InterruptedException {
    return new RandomXAlgorithm(
            name.equals("rx/2") ? RandomXVariants.MONERO_V2 : RandomXVariants.MONERO)
        .prepare(
            KEY,
            HashingMode.LIGHT,
            Preparation.onThreads(1).withEngine(EngineSettings.AUTO.withCompiler(compiler)));
  }

  private static byte[] input(int lane) {
    return new byte[] {(byte) lane, 7, 7};
  }

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2"})
  void hashesAlikeInEveryShape(String name) throws InterruptedException {
    try (PreparedSeed seed = seed(name, CompilerPolicy.AUTO)) {
      byte[][] expected = new byte[EngineSettings.MAX_LANES][Hasher.HASH_LENGTH];
      try (Hasher hasher = seed.newHasher()) {
        for (int lane = 0; lane < expected.length; lane++) {
          hasher.hash(input(lane), input(lane).length, expected[lane]);
        }
      }
      for (int lanes = 1; lanes <= seed.mostLanes(); lanes++) {
        for (PagePolicy pages : new PagePolicy[] {PagePolicy.AUTO, PagePolicy.SMALL}) {
          PipelineShape shape = new PipelineShape(lanes, PrefetchMode.AUTO, pages, lanes);
          try (HashPipeline pipeline = seed.newPipeline(shape)) {
            assertThat(pipeline.lanes()).isEqualTo(lanes);
            assertThat(hash(pipeline))
                .as("%s", shape)
                .isDeepEqualTo(Arrays.copyOf(expected, lanes));
          }
        }
      }
      try (HashPipeline pipeline = seed.newPipeline()) {
        assertThat(pipeline.lanes()).isEqualTo(seed.lanes());
      }
      try (HashPipeline pipeline = seed.newPipeline(3)) {
        assertThat(pipeline.lanes()).isEqualTo(Math.min(3, seed.mostLanes()));
      }
    }
  }

  @Test
  void takesOneLaneByInterpreterWhateverIsAskedFor() throws InterruptedException {
    try (PreparedSeed seed = seed("rx/0", CompilerPolicy.OFF);
        HashPipeline pipeline = seed.newPipeline(4)) {
      assertThat(seed.mostLanes()).isEqualTo(1);
      assertThat(pipeline.lanes()).isEqualTo(1);
    }
  }

  @Test
  void refusesShapesThatMakeNoSense() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PipelineShape.AUTO.withLanes(5))
        .withMessageContaining("lanes=5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PipelineShape(1, PrefetchMode.AUTO, PagePolicy.AUTO, -2))
        .withMessageContaining("node=-2");
  }

  private static byte[][] hash(HashPipeline pipeline) {
    byte[][] hashes = new byte[pipeline.lanes()][Hasher.HASH_LENGTH];
    for (int lane = 0; lane < hashes.length; lane++) {
      pipeline.load(lane, input(lane), input(lane).length);
    }
    pipeline.begin();
    pipeline.finish(hashes);
    return hashes;
  }
}
