package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Thousands of hashes in one sum, as published by others; full mode, which needs 2.4 GiB. */
@Tag("full")
class RandomXLongRunTest {

  private static final int NONCE_OFFSET = 39;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2", "rx/wow"})
  void agreesWithTheBenchmarkSumsOfXmrigInFullMode(String name) throws Exception {
    JsonNode sums = RandomXVectors.root().required("xmrig_bench_sums").required(name);
    PowAlgorithm algorithm = PowAlgorithms.load().find(name).orElseThrow();
    long[] sum =
        sum(algorithm, HashingMode.FULL, new byte[32], new byte[112], 10_000, Result.PROOF);
    assertThat(HexFormat.of().toHexDigits(sum[3])).isEqualTo(RandomXVectors.text(sums, "10000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2"})
  void agreesWithTheBenchmarkOfTheReferenceInLightMode(String name) throws Exception {
    JsonNode benchmark = RandomXVectors.root().required("reference_benchmark");
    byte[] template = RandomXVectors.bytes(benchmark, "template_hex");
    PowAlgorithm algorithm = PowAlgorithms.load().find(name).orElseThrow();
    long[] sum = sum(algorithm, HashingMode.LIGHT, new byte[4], template, 1_000, Result.HASH);
    byte[] bytes = new byte[32];
    for (int i = 0; i < sum.length; i++) {
      LittleEndian.putLong(bytes, i * Long.BYTES, sum[i]);
    }
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(RandomXVectors.text(benchmark, name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2", "rx/graft", "rx/yada"})
  void hashesInFullModeAsTheVectorsSay(String name) throws InterruptedException {
    List<JsonNode> vectors = RandomXVectors.of("hashes", name);
    String keyHex = RandomXVectors.text(vectors.getLast(), "key_hex");
    try (PreparedSeed seed =
            PowAlgorithms.load()
                .find(name)
                .orElseThrow()
                .prepare(
                    HexFormat.of().parseHex(keyHex),
                    HashingMode.FULL,
                    Preparation.onThreads(THREADS));
        Hasher hasher = seed.newHasher()) {
      assertThat(seed.mode()).isEqualTo(HashingMode.FULL);
      assertThat(seed.cacheInitTime()).isPositive();
      assertThat(seed.datasetInitTime()).isPositive();
      byte[] hash = new byte[Hasher.HASH_LENGTH];
      for (JsonNode vector : vectors) {
        if (RandomXVectors.text(vector, "key_hex").equals(keyHex)) {
          byte[] input = RandomXVectors.bytes(vector, "input_hex");
          hasher.hash(input, input.length, hash);
          assertThat(HexFormat.of().formatHex(hash)).isEqualTo(RandomXVectors.text(vector, "hash"));
        }
      }
    }
  }

  /** What is summed: the hash or, of rx/2, the commitment that is compared with a target. */
  private enum Result {
    HASH,
    PROOF
  }

  /** The XOR of the results of the first nonces. */
  private static long[] sum(
      PowAlgorithm algorithm,
      HashingMode mode,
      byte[] key,
      byte[] template,
      int nonces,
      Result result)
      throws InterruptedException, ExecutionException {
    long[] sum = new long[4];
    try (PreparedSeed seed = algorithm.prepare(key, mode, Preparation.onThreads(THREADS));
        ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Future<long[]>> parts =
          IntStream.range(0, THREADS)
              .mapToObj(first -> executor.submit(() -> part(seed, template, first, nonces, result)))
              .toList();
      for (Future<long[]> part : parts) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] ^= part.get()[i];
        }
      }
    }
    return sum;
  }

  private static long[] part(
      PreparedSeed seed, byte[] template, int first, int nonces, Result result) {
    long[] sum = new long[4];
    byte[] blob = template.clone();
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    try (Hasher hasher = seed.newHasher()) {
      for (int nonce = first; nonce < nonces; nonce += THREADS) {
        LittleEndian.putInt(blob, NONCE_OFFSET, nonce);
        hasher.hash(blob, blob.length, hash);
        if (result == Result.PROOF) {
          hasher.proof(blob, blob.length, hash, hash);
        }
        for (int i = 0; i < sum.length; i++) {
          sum[i] ^= LittleEndian.getLong(hash, i * Long.BYTES);
        }
      }
    }
    return sum;
  }
}
