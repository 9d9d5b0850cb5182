package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.SharedTables;
import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.memory.SharingPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Caches and datasets that processes share. */
class SharedSeedTest extends LightEngineTest {

  private static final int ITEMS = 1024;

  @TempDir Path parent;

  @Test
  void hashesUnderACacheThatAnotherHolds() throws Exception {
    RandomXAlgorithm algorithm = new RandomXAlgorithm(PARAMETERS);
    EngineSettings sharing = EngineSettings.AUTO.withSharing(required());
    assertThat(algorithm.bytesToPrepare(KEY, HashingMode.LIGHT, sharing))
        .isEqualTo(algorithm.preparedBytes(HashingMode.LIGHT));
    try (PreparedSeed first = prepare(algorithm, sharing)) {
      assertThat(algorithm.bytesToPrepare(KEY, HashingMode.LIGHT, sharing)).isZero();
      assertThat(algorithm.bytesToPrepare(KEY, HashingMode.FULL, sharing))
          .isEqualTo(RandomXDataset.BYTES);
      assertThat(algorithm.bytesToPrepare(new byte[] {9}, HashingMode.LIGHT, sharing))
          .isEqualTo(algorithm.preparedBytes(HashingMode.LIGHT));
      try (PreparedSeed second = prepare(algorithm, sharing);
          PreparedSeed own = prepare(algorithm, EngineSettings.AUTO)) {
        assertThat(hash(second)).isEqualTo(hash(first)).isEqualTo(hash(own));
      }
    }
    assertThat(SharedTables.of(required()).isHeld(SeedTables.cache(PARAMETERS.cache(), KEY)))
        .isFalse();
  }

  @Test
  void givesTablesOfOtherKeysAndParametersOtherNames() {
    CacheParameters monero = RandomXVariants.MONERO.cache();
    assertThat(SeedTables.dataset(RandomXVariants.MONERO_V2.cache(), KEY))
        .as("rx/2 shares the tables of rx/0")
        .isEqualTo(SeedTables.dataset(monero, KEY));
    assertThat(SeedTables.dataset(RandomXVariants.WOWNERO.cache(), KEY))
        .isNotEqualTo(SeedTables.dataset(monero, KEY));
    assertThat(SeedTables.dataset(monero, new byte[] {1, 2}))
        .isNotEqualTo(SeedTables.dataset(monero, KEY));
    assertThat(SeedTables.cache(monero, KEY).text())
        .isNotEqualTo(SeedTables.dataset(monero, KEY).text());
  }

  @Test
  void acceptsItemsOfTheCacheAndNoOthers() {
    MemorySegment items = MemorySegment.ofArray(new long[ITEMS * 8]);
    new InterpretedRanges(cache()).compute(0, items);
    ItemSample sample = new ItemSample(cache());
    assertThat(sample.agreesWith(items)).isTrue();

    // Of 512 items at random, none is one of these once in 10^64 times.
    for (int item = 0; item < ITEMS; item += 4) {
      items.setAtIndex(ValueLayout.JAVA_LONG, item * 8L + 7, 1);
    }
    assertThat(sample.agreesWith(items)).isFalse();
    assertThat(sample.agreesWith(MemorySegment.ofArray(new long[ITEMS * 8]))).isFalse();
  }

  @Tag("full")
  @Timeout(600)
  @Test
  void hashesInFullModeUnderTheDatasetOfAnotherProcess() throws Exception {
    try (DatasetProcess first = DatasetProcess.start(parent.resolve("shared"));
        DatasetProcess second = DatasetProcess.start(parent.resolve("shared"))) {
      assertThat(first.awaitHash()).isEqualTo(second.awaitHash());
      RandomXAlgorithm algorithm = new RandomXAlgorithm(RandomXVariants.MONERO);
      assertThat(
              algorithm.bytesToPrepare(
                  KEY, HashingMode.FULL, EngineSettings.AUTO.withSharing(required())))
          .as("the cache, which nobody needs any more")
          .isEqualTo(CacheParameters.CACHE_BYTES);
    }
  }

  @Tag("full")
  @Timeout(600)
  @Test
  void computesTheDatasetWhenTheProcessThatDidSoIsKilled() throws Exception {
    Path directory = parent.resolve("shared");
    try (DatasetProcess first = DatasetProcess.start(directory)) {
      first.awaitProgress();
      try (DatasetProcess second = DatasetProcess.start(directory)) {
        second.awaitInterim();
        first.kill();
        assertThat(second.awaitHash()).hasSize(2 * Hasher.HASH_LENGTH);
      }
    }
  }

  private Sharing required() {
    return new Sharing(SharingPolicy.REQUIRED, parent.resolve("shared"), 0);
  }

  private static PreparedSeed prepare(RandomXAlgorithm algorithm, EngineSettings engine)
      throws InterruptedException {
    return algorithm.prepare(KEY, HashingMode.LIGHT, Preparation.onThreads(1).withEngine(engine));
  }

  private static String hash(PreparedSeed seed) {
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    try (Hasher hasher = seed.newHasher()) {
      hasher.hash(new byte[] {5}, 1, hash);
    }
    return HexFormat.of().formatHex(hash);
  }
}
