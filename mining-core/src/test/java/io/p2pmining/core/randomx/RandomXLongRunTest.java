package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.crypto.LittleEndian;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Thousands of hashes in one sum, as published by others; full mode, which needs 2.4 GiB. */
@Tag("full")
class RandomXLongRunTest {

  private static final int NONCE_OFFSET = 39;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private static final int XMRIG_NONCES = 10_000;

  /** Every number of hashes side by side, every limit of instructions, both ways to fetch ahead. */
  private static final List<EngineSettings> SETTINGS =
      List.of(
          compiler(1, InstructionLimit.AUTO, PrefetchMode.WALK_FIRST),
          compiler(2, InstructionLimit.AUTO, PrefetchMode.WALK_FIRST),
          compiler(3, InstructionLimit.AUTO, PrefetchMode.WALK_FIRST),
          compiler(4, InstructionLimit.AUTO, PrefetchMode.AT_ONCE),
          compiler(4, InstructionLimit.AVX2, PrefetchMode.WALK_FIRST),
          compiler(2, InstructionLimit.NONE, PrefetchMode.AT_ONCE),
          compiler(3, InstructionLimit.NO_AES, PrefetchMode.WALK_FIRST));

  private static EngineSettings compiler(int lanes, InstructionLimit limit, PrefetchMode prefetch) {
    return new EngineSettings(CompilerPolicy.REQUIRED, limit, lanes, PagePolicy.AUTO)
        .withPrefetch(prefetch);
  }

  static Stream<List<RandomXParameters>> variantsThatShareADataset() {
    return Stream.of(
        List.of(RandomXVariants.MONERO, RandomXVariants.MONERO_V2),
        List.of(RandomXVariants.WOWNERO));
  }

  @ParameterizedTest
  @MethodSource("variantsThatShareADataset")
  void agreesWithTheBenchmarkSumsOfXmrigInFullMode(List<RandomXParameters> variants)
      throws Exception {
    byte[] key = new byte[32];
    List<PreparedSeed> seeds = new ArrayList<>();
    try (RandomXDataset dataset = dataset(variants.getFirst(), key)) {
      for (RandomXParameters variant : variants) {
        JsonNode sums = RandomXVectors.root().required("xmrig_bench_sums").required(variant.name());
        for (EngineSettings settings : SETTINGS) {
          PreparedSeed seed = seed(variant, key, dataset, settings);
          seeds.add(seed);
          long[] sum = sum(seed, new byte[112], XMRIG_NONCES, Result.PROOF);
          assertThat(HexFormat.of().toHexDigits(sum[3]))
              .as("%s, %s", variant.name(), settings)
              .isEqualTo(RandomXVectors.text(sums, Integer.toString(XMRIG_NONCES)));
        }
      }
    } finally {
      seeds.forEach(PreparedSeed::close);
    }
  }

  private static RandomXDataset dataset(RandomXParameters parameters, byte[] key)
      throws InterruptedException {
    try (RandomXCache cache = RandomXCache.create(parameters.cache(), key, THREADS, done -> {})) {
      return RandomXDataset.create(cache, THREADS, done -> {}, EngineSettings.AUTO);
    }
  }

  /** One of several seeds with the same dataset, which goes with the first that is closed. */
  private static PreparedSeed seed(
      RandomXParameters parameters, byte[] key, RandomXDataset dataset, EngineSettings settings) {
    return new RandomXSeed(
        new RandomXAlgorithm(parameters),
        parameters,
        key,
        new SeedMemory.Full(dataset),
        settings,
        Duration.ZERO,
        Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rx/0", "rx/2"})
  void agreesWithTheBenchmarkOfTheReferenceInLightMode(String name) throws Exception {
    JsonNode benchmark = RandomXVectors.root().required("reference_benchmark");
    byte[] template = RandomXVectors.bytes(benchmark, "template_hex");
    PowAlgorithm algorithm = PowAlgorithms.load().find(name).orElseThrow();
    long[] sum;
    try (PreparedSeed seed =
        algorithm.prepare(new byte[4], HashingMode.LIGHT, Preparation.onThreads(THREADS))) {
      sum = sum(seed, template, 1_000, Result.HASH);
    }
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
  private static long[] sum(PreparedSeed seed, byte[] template, int nonces, Result result)
      throws InterruptedException, ExecutionException {
    long[] sum = new long[4];
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
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

  /** The XOR of every so many results, by a pipeline. */
  private static long[] part(
      PreparedSeed seed, byte[] template, int first, int nonces, Result result) {
    long[] sum = new long[4];
    try (HashPipeline pipeline = seed.newPipeline()) {
      byte[][] hashes = new byte[pipeline.lanes()][Hasher.HASH_LENGTH];
      byte[][] blobs = new byte[pipeline.lanes()][];
      int step = THREADS * pipeline.lanes();
      load(pipeline, template, first, blobs);
      pipeline.begin();
      for (int nonce = first; nonce < nonces; nonce += step) {
        byte[][] hashed = blobs.clone();
        if (nonce + step < nonces) {
          load(pipeline, template, nonce + step, blobs);
          pipeline.next(hashes);
        } else {
          pipeline.finish(hashes);
        }
        for (int lane = 0; lane < hashes.length && nonce + lane * THREADS < nonces; lane++) {
          if (result == Result.PROOF) {
            pipeline.proof(hashed[lane], hashed[lane].length, hashes[lane], hashes[lane]);
          }
          for (int i = 0; i < sum.length; i++) {
            sum[i] ^= LittleEndian.getLong(hashes[lane], i * Long.BYTES);
          }
        }
      }
    }
    return sum;
  }

  /** Gives each lane a blob with a nonce, every so many from the first. */
  private static void load(HashPipeline pipeline, byte[] template, int firstNonce, byte[][] blobs) {
    for (int lane = 0; lane < blobs.length; lane++) {
      blobs[lane] = template.clone();
      LittleEndian.putInt(blobs[lane], NONCE_OFFSET, firstNonce + lane * THREADS);
      pipeline.load(lane, blobs[lane], blobs[lane].length);
    }
  }
}
