package io.p2pmining.core.randomx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.HashingNode;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A seed with a dataset for each of two nodes, of which the second is made up: 4.4 GiB. */
@Tag("full")
class NodeSeedTest {

  private static final byte[] KEY = "test key 000".getBytes(US_ASCII);
  private static final byte[] INPUT = {1, 2, 3};
  private static final List<HashingNode> NODES =
      List.of(new HashingNode(0, List.of(0)), new HashingNode(1, List.of(0)));

  @TempDir Path parent;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void hashesAlikeOnEachNodeAndFreesAllOfItsDatasets(boolean shared) throws InterruptedException {
    Sharing sharing = shared ? Sharing.through(parent.resolve("shared")) : Sharing.OFF;
    long before = AvailableMemory.ofThisMachine().bytes().orElseThrow();
    RandomXAlgorithm algorithm = new RandomXAlgorithm(RandomXVariants.MONERO);
    try (PreparedSeed seed =
        algorithm.prepare(
            KEY,
            HashingMode.FULL,
            Preparation.onThreads(2)
                .withEngine(EngineSettings.AUTO.withNodes(NODES).withSharing(sharing)))) {
      assertThat(
              algorithm.bytesToPrepare(
                      KEY, HashingMode.FULL, EngineSettings.AUTO.withSharing(sharing))
                  < RandomXDataset.BYTES)
          .isEqualTo(shared);
      assertThat(seed.tables()).isEqualTo(2);
      assertThat(algorithm.copyBytes(HashingMode.FULL)).isEqualTo(RandomXDataset.BYTES);
      byte[] first = hash(seed, 0);
      assertThat(hash(seed, 1)).isEqualTo(first);
      assertThat(hash(seed, 7)).as("a node without a dataset").isEqualTo(first);
    }
    long after = AvailableMemory.ofThisMachine().bytes().orElseThrow();
    assertThat(after).isGreaterThan(before - RandomXDataset.BYTES);
  }

  private static byte[] hash(PreparedSeed seed, int node) {
    byte[][] hashes = new byte[1][Hasher.HASH_LENGTH];
    try (HashPipeline pipeline =
        seed.newPipeline(new PipelineShape(1, PrefetchMode.AUTO, PagePolicy.AUTO, node))) {
      pipeline.load(0, INPUT, INPUT.length);
      pipeline.begin();
      pipeline.finish(hashes);
    }
    return hashes[0];
  }
}
