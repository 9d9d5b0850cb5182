package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class RandomXHashTest {

  private static final int KEYS = 5;
  private static final int INPUTS = 8;

  /**
   * Two keys of each variant with two inputs each, moved on from variant to variant, so that every
   * key and every input meets several variants.
   */
  static Stream<Arguments> selectedKeys() {
    List<Arguments> selected = new ArrayList<>();
    int turn = 0;
    for (Map<String, List<JsonNode>> byKey : vectorsByVariantAndKey().values()) {
      List<List<JsonNode>> keys = List.copyOf(byKey.values());
      assertThat(keys).hasSize(KEYS);
      for (int key : new int[] {turn % KEYS, (turn + 2) % KEYS}) {
        List<JsonNode> vectors = keys.get(key);
        assertThat(vectors).hasSize(INPUTS);
        selected.add(
            Arguments.of(
                List.of(vectors.get(turn % INPUTS), vectors.get((turn + key + 3) % INPUTS))));
        turn++;
      }
    }
    return selected.stream();
  }

  static Stream<Arguments> allKeys() {
    return vectorsByVariantAndKey().values().stream()
        .flatMap(byKey -> byKey.values().stream())
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("selectedKeys")
  void agreesWithVectors(List<JsonNode> vectorsOfOneKey) throws InterruptedException {
    assertAgree(vectorsOfOneKey);
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("allKeys")
  void agreesWithAllVectors(List<JsonNode> vectorsOfOneKey) throws InterruptedException {
    assertAgree(vectorsOfOneKey);
  }

  private static void assertAgree(List<JsonNode> vectorsOfOneKey) throws InterruptedException {
    JsonNode first = vectorsOfOneKey.getFirst();
    PowAlgorithm algorithm =
        PowAlgorithms.load().find(RandomXVectors.text(first, "algo")).orElseThrow();
    byte[] key = RandomXVectors.bytes(first, "key_hex");
    try (PreparedSeed seed = algorithm.prepare(key, HashingMode.LIGHT, Preparation.onThreads(2));
        Hasher hasher = seed.newHasher()) {
      for (JsonNode vector : vectorsOfOneKey) {
        assertAgrees(algorithm, hasher, vector);
      }
    }
  }

  private static void assertAgrees(PowAlgorithm algorithm, Hasher hasher, JsonNode vector) {
    byte[] input = RandomXVectors.bytes(vector, "input_hex");
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    hasher.hash(input, input.length, hash);
    assertThat(hex(hash)).as("%s", vector).isEqualTo(RandomXVectors.text(vector, "hash"));
    byte[] proof = new byte[Hasher.HASH_LENGTH];
    hasher.proof(input, input.length, hash, proof);
    boolean committed = RandomXVectors.text(vector, "algo").equals("rx/2");
    assertThat(hex(proof))
        .as("%s", vector)
        .isEqualTo(RandomXVectors.text(vector, committed ? "commitment" : "hash"));
    byte[] claimed = new byte[Hasher.HASH_LENGTH];
    algorithm.proof(input, input.length, hash, claimed);
    assertThat(hex(claimed)).as("without a hasher: %s", vector).isEqualTo(hex(proof));
  }

  private static Map<String, Map<String, List<JsonNode>>> vectorsByVariantAndKey() {
    Map<String, Map<String, List<JsonNode>>> vectors = new LinkedHashMap<>();
    for (JsonNode vector : RandomXVectors.all("hashes")) {
      Map<String, List<JsonNode>> byKey =
          Objects.requireNonNull(
              vectors.computeIfAbsent(
                  RandomXVectors.text(vector, "algo"), variant -> new LinkedHashMap<>()));
      Objects.requireNonNull(
              byKey.computeIfAbsent(
                  RandomXVectors.text(vector, "key_hex"), key -> new ArrayList<>()))
          .add(vector);
    }
    return vectors;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
