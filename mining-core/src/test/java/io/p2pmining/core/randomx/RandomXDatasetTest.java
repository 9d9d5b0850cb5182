package io.p2pmining.core.randomx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class RandomXDatasetTest {

  private static final byte[] KEY = "test key 000".getBytes(US_ASCII);
  private static final int WORDS_PER_ITEM = 8;
  private static final int LONG_RANGE_CHUNKS = 200;

  private static RandomXCache cache;

  @BeforeAll
  static void createCache() throws InterruptedException {
    CacheParameters parameters = Objects.requireNonNull(TestVariants.CACHES.get("rx/0"));
    cache = RandomXCache.create(parameters, KEY, 1, done -> {});
  }

  @AfterAll
  static void freeCache() {
    cache.close();
  }

  /** Two chunks and a part of a third, whose end is no multiple of a batch. */
  @ParameterizedTest
  @CsvSource({"1, OFF", "2, OFF", "1, AUTO", "2, AUTO", "5, AUTO"})
  void storesWhatLightModeComputes(int threads, CompilerPolicy compiler)
      throws InterruptedException {
    int first = CacheParameters.DATASET_ITEMS - 40_003;
    long[] stored = new long[40_003 * WORDS_PER_ITEM];
    fill(compiler, first, MemorySegment.ofArray(stored), threads, done -> {});
    StoredItems subject = new StoredItems(MemorySegment.ofArray(stored));
    DatasetItems oracle = cache.items();
    for (int item : new int[] {0, 1, 7, 8, 16_383, 16_384, 32_767, 32_768, 39_999, 40_002}) {
      assertThat(read(subject, item)).as("item=%d", item).isEqualTo(read(oracle, first + item));
    }
  }

  @Test
  void computesTheSameItemsWhateverWasAnnounced() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    DatasetItems announced = cache.items();
    for (int repeat = 0; repeat < 300; repeat++) {
      int item = random.nextInt(10);
      for (int i = random.nextInt(7); i > 0; i--) {
        announced.prefetch(random.nextInt(10));
      }
      assertThat(read(announced, item))
          .as("item=%d, seed=%d", item, seed)
          .isEqualTo(read(cache.items(), item));
    }
  }

  @Test
  void reportsProgressUpToOne() throws InterruptedException {
    List<Double> reported = new CopyOnWriteArrayList<>();
    MemorySegment target = MemorySegment.ofArray(new long[40_000 * WORDS_PER_ITEM]);
    fill(CompilerPolicy.AUTO, 0, target, 2, reported::add);
    assertThat(reported).hasSize(3).allMatch(done -> done > 0 && done <= 1).contains(1.0);
  }

  @ParameterizedTest
  @EnumSource(
      value = CompilerPolicy.class,
      names = {"OFF", "AUTO"})
  void stopsAllThreadsWhenTheCallerIsInterrupted(CompilerPolicy compiler) {
    Thread caller = Thread.currentThread();
    assertThat(
            chunksUntilFailure(compiler, InterruptedException.class, chunk -> caller.interrupt()))
        .isLessThan(LONG_RANGE_CHUNKS / 2);
    // Threads that were still at work may have interrupted again.
    Thread.interrupted();
  }

  @ParameterizedTest
  @EnumSource(
      value = CompilerPolicy.class,
      names = {"OFF", "AUTO"})
  void stopsAllThreadsWhenOneFails(CompilerPolicy compiler) {
    assertThat(
            chunksUntilFailure(
                compiler,
                IllegalStateException.class,
                chunk -> {
                  throw new IllegalArgumentException("listener fails");
                }))
        .isLessThan(LONG_RANGE_CHUNKS / 2);
  }

  @Tag("full")
  @Test
  void holdsTheItemsOfTheVectorsAndOfLightMode() throws InterruptedException {
    try (RandomXDataset dataset =
        RandomXDataset.create(cache, 2, done -> {}, EngineSettings.AUTO)) {
      DatasetItems subject = dataset.items();
      List<JsonNode> vectors =
          RandomXVectors.of("dataset_items", "rx/0").stream()
              .filter(
                  item ->
                      new String(RandomXVectors.bytes(item, "key_hex"), US_ASCII)
                          .equals("test key 000"))
              .toList();
      assertThat(vectors).hasSize(7);
      for (JsonNode vector : vectors) {
        byte[] expected = RandomXVectors.bytes(vector, "data_hex");
        long[] words = read(subject, RandomXVectors.number(vector, "item"));
        for (int i = 0; i < words.length; i++) {
          assertThat(words[i]).isEqualTo(LittleEndian.getLong(expected, i * Long.BYTES));
        }
      }
      DatasetItems oracle = cache.items();
      for (int item = 0; item < CacheParameters.DATASET_ITEMS; item += 997) {
        assertThat(read(subject, item)).as("item=%d", item).isEqualTo(read(oracle, item));
      }
    }
  }

  private static void fill(
      CompilerPolicy compiler,
      int firstItem,
      MemorySegment target,
      int threads,
      DoubleConsumer progress)
      throws InterruptedException {
    try (ItemSource source = ItemSource.of(cache, EngineSettings.AUTO.withCompiler(compiler))) {
      new DatasetFill(source, firstItem, target, progress).run(threads);
    }
  }

  private static long[] read(DatasetItems items, int item) {
    long[] registers = new long[WORDS_PER_ITEM];
    items.xorInto(item, registers);
    return registers;
  }

  /** Fills a long range until {@code listener} makes it fail; how many chunks were reported. */
  private static int chunksUntilFailure(
      CompilerPolicy compiler, Class<? extends Exception> failure, DoubleConsumer listener) {
    AtomicInteger chunks = new AtomicInteger();
    try (OffHeapMemory target =
        OffHeapMemory.allocate(LONG_RANGE_CHUNKS * 16_384L * 64, "a range of items")) {
      assertThatThrownBy(
              () ->
                  fill(
                      compiler,
                      0,
                      target.segment(),
                      2,
                      done -> {
                        chunks.incrementAndGet();
                        listener.accept(done);
                      }))
          .isInstanceOf(failure);
    }
    return chunks.get();
  }
}
