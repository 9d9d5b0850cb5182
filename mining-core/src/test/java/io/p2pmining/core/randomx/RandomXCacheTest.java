package io.p2pmining.core.randomx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.InstructionLimit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RandomXCacheTest {

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final byte[] KEY = "test key 000".getBytes(US_ASCII);

  /** From Java to the widest instructions; what the processor has not is done by the next lower. */
  private static final List<EngineSettings> SETTINGS =
      List.of(
          EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF),
          EngineSettings.AUTO.withInstructions(InstructionLimit.NONE),
          EngineSettings.AUTO.withInstructions(InstructionLimit.AVX2),
          EngineSettings.AUTO.withPages(PagePolicy.SMALL),
          EngineSettings.AUTO);

  /**
   * One key of each variant, so that each key occurs and lanes and passes do; those of one variant
   * with several keys by Java and by machine code.
   */
  static Stream<Arguments> selectedCaches() {
    List<JsonNode> caches = RandomXVectors.all("cache");
    return Stream.of(
        arguments(caches.get(0), SETTINGS.get(0)),
        arguments(caches.get(0), SETTINGS.get(1)),
        arguments(caches.get(6), SETTINGS.get(2)),
        arguments(caches.get(12), SETTINGS.get(3)),
        arguments(caches.get(18), SETTINGS.get(4)),
        arguments(caches.get(18), SETTINGS.get(0)),
        arguments(caches.get(29), SETTINGS.get(1)));
  }

  static Stream<Arguments> allCaches() {
    return RandomXVectors.all("cache").stream()
        .flatMap(cache -> SETTINGS.stream().map(settings -> arguments(cache, settings)));
  }

  @ParameterizedTest
  @MethodSource("selectedCaches")
  void agreesWithVectors(JsonNode vector, EngineSettings settings) throws InterruptedException {
    assertAgrees(vector, settings);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("allCaches")
  void agreesWithAllVectors(JsonNode vector, EngineSettings settings) throws InterruptedException {
    assertAgrees(vector, settings);
  }

  @Test
  void fillsTheFirstAndLastBlocksAsTheVectorsDo() throws InterruptedException {
    JsonNode vector = RandomXVectors.root().at("/intermediate/argon2_first_blocks");
    try (RandomXCache cache = create("rx/0", KEY)) {
      for (int block : new int[] {0, 1, 262143}) {
        byte[] bytes =
            cache.memory().segment().asSlice(block * 1024L, 1024).toArray(ValueLayout.JAVA_BYTE);
        assertThat(hex(Blake2b.digestOf(32, bytes)))
            .isEqualTo(RandomXVectors.text(vector, "block" + block));
      }
    }
  }

  @Test
  void refusesKeysThatTheSpecificationLeavesUndefined() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> create("rx/0", new byte[61]))
        .withMessageContaining("key length=61")
        .withMessageContaining("60 bytes");
  }

  @Test
  void givesUpWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> create("rx/0", KEY)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void computesNoItemsOnceClosed() throws InterruptedException {
    RandomXCache cache = create("rx/arq", KEY);
    DatasetItems items = cache.items();
    items.xorInto(0, new long[8]);
    cache.close();
    assertThatThrownBy(() -> items.xorInto(0, new long[8]))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void assertAgrees(JsonNode vector, EngineSettings settings)
      throws InterruptedException {
    String variant = RandomXVectors.text(vector, "algo");
    byte[] key = RandomXVectors.bytes(vector, "key_hex");
    try (RandomXCache cache = create(variant, key, settings);
        ItemSource source = ItemSource.of(cache, settings)) {
      assertWordsAgree(cache.memory().segment(), vector);
      assertItemsAgree(cache.items(), vector);
      ItemRanges ranges = source.forThread();
      assertItemsAgree((item, registers) -> xorInto(ranges, item, registers), vector);
    }
  }

  private static void xorInto(ItemRanges ranges, int item, long[] registers) {
    long[] words = new long[registers.length];
    ranges.compute(item, MemorySegment.ofArray(words));
    for (int i = 0; i < words.length; i++) {
      registers[i] ^= words[i];
    }
  }

  private static void assertWordsAgree(MemorySegment memory, JsonNode vector) {
    for (Map.Entry<String, JsonNode> word : RandomXVectors.properties(vector.required("words"))) {
      assertThat(memory.getAtIndex(WORD, Long.parseLong(word.getKey())))
          .isEqualTo(HexFormat.fromHexDigitsToLong(word.getValue().asString()));
    }
    Blake2b hash = new Blake2b(32);
    byte[] block = new byte[1024];
    long xor = 0;
    for (long offset = 0; offset < memory.byteSize(); offset += block.length) {
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, block, 0, block.length);
      hash.update(block);
      for (int i = 0; i < block.length; i += Long.BYTES) {
        xor ^= LittleEndian.getLong(block, i);
      }
    }
    byte[] digest = new byte[32];
    hash.digest(digest, 0);
    assertThat(xor).isEqualTo(RandomXVectors.word(vector, "xor_of_all_u64"));
    assertThat(hex(digest)).isEqualTo(RandomXVectors.text(vector, "blake2b256_of_256MiB"));
  }

  private static void assertItemsAgree(DatasetItems items, JsonNode cache) {
    List<JsonNode> vectors =
        RandomXVectors.of("dataset_items", RandomXVectors.text(cache, "algo")).stream()
            .filter(item -> item.required("key_hex").equals(cache.required("key_hex")))
            .toList();
    assertThat(vectors).hasSize(7);
    for (JsonNode vector : vectors) {
      long[] registers = new long[8];
      items.xorInto(RandomXVectors.number(vector, "item"), registers);
      byte[] bytes = new byte[64];
      for (int i = 0; i < registers.length; i++) {
        LittleEndian.putLong(bytes, i * Long.BYTES, registers[i]);
      }
      assertThat(bytes).as("%s", vector).isEqualTo(RandomXVectors.bytes(vector, "data_hex"));
    }
  }

  private static RandomXCache create(String variant, byte[] key) throws InterruptedException {
    return create(variant, key, EngineSettings.AUTO);
  }

  private static RandomXCache create(String variant, byte[] key, EngineSettings settings)
      throws InterruptedException {
    CacheParameters parameters = Objects.requireNonNull(TestVariants.CACHES.get(variant));
    return RandomXCache.create(parameters, key, 2, done -> {}, settings);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
