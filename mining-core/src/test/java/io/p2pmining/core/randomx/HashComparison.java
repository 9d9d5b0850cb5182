package io.p2pmining.core.randomx;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Hashes of random inputs under a random key, by the interpreter and by every kind of code. */
final class HashComparison {

  private static final int MAX_INPUT_BYTES = 300;
  private static final PagePolicy[] PAGES = {PagePolicy.TRANSPARENT_HUGE, PagePolicy.SMALL};

  private static final List<InstructionLimit> LIMITS =
      List.of(
          InstructionLimit.AVX512,
          InstructionLimit.AVX2,
          InstructionLimit.NONE,
          InstructionLimit.NO_AES);

  private HashComparison() {}

  /**
   * Fails if any hash is another one. Light mode; under each limit of instructions with another
   * number of hashes side by side.
   *
   * @return how many hashes of machine code agreed
   */
  static int run(RandomXParameters parameters, int inputCount, long randomSeed)
      throws InterruptedException {
    SplittableRandom random = new SplittableRandom(randomSeed);
    byte[] key = bytes(random, RandomXCache.MAX_KEY_LENGTH);
    List<byte[]> inputs = new ArrayList<>();
    for (int i = 0; i < inputCount; i++) {
      inputs.add(bytes(random, MAX_INPUT_BYTES));
    }
    int agreed = 0;
    List<PreparedSeed> seeds = new ArrayList<>();
    try {
      RandomXCache cache = RandomXCache.create(parameters.cache(), key, 1, done -> {});
      PreparedSeed interpreted =
          seed(parameters, cache, EngineSettings.AUTO.withCompiler(CompilerPolicy.OFF), key);
      seeds.add(interpreted);
      List<String> expected = hashes(interpreted, inputs);
      int firstLanes = random.nextInt(EngineSettings.MAX_LANES);
      for (int i = 0; i < LIMITS.size(); i++) {
        EngineSettings settings =
            new EngineSettings(
                CompilerPolicy.REQUIRED,
                LIMITS.get(i),
                1 + (firstLanes + i) % EngineSettings.MAX_LANES,
                PAGES[random.nextInt(PAGES.length)]);
        PreparedSeed compiled = seed(parameters, cache, settings, key);
        seeds.add(compiled);
        assertThat(hashes(compiled, inputs))
            .as("%s, %s, seed=%d", parameters.name(), settings, randomSeed)
            .isEqualTo(expected);
        agreed += inputCount;
      }
    } finally {
      seeds.forEach(PreparedSeed::close);
    }
    return agreed;
  }

  /** One of several seeds with the same cache, which goes with the first of them that is closed. */
  private static PreparedSeed seed(
      RandomXParameters parameters, RandomXCache cache, EngineSettings settings, byte[] key) {
    return new RandomXSeed(
        new RandomXAlgorithm(parameters),
        parameters,
        key,
        new SeedMemory.Light(cache),
        settings,
        Duration.ZERO,
        Duration.ZERO);
  }

  private static byte[] bytes(SplittableRandom random, int maxLength) {
    byte[] bytes = new byte[random.nextInt(maxLength + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The hashes of inputs by a pipeline, whose last batch repeats the last input. */
  private static List<String> hashes(PreparedSeed seed, List<byte[]> inputs) {
    List<String> hashes = new ArrayList<>();
    try (HashPipeline pipeline = seed.newPipeline()) {
      byte[][] batch = new byte[pipeline.lanes()][Hasher.HASH_LENGTH];
      int next = load(pipeline, inputs, 0);
      pipeline.begin();
      while (next < inputs.size()) {
        next = load(pipeline, inputs, next);
        pipeline.next(batch);
        addTo(hashes, batch);
      }
      pipeline.finish(batch);
      addTo(hashes, batch);
    }
    return hashes.subList(0, inputs.size());
  }

  private static int load(HashPipeline pipeline, List<byte[]> inputs, int first) {
    for (int lane = 0; lane < pipeline.lanes(); lane++) {
      byte[] input = inputs.get(Math.min(first + lane, inputs.size() - 1));
      pipeline.load(lane, input, input.length);
    }
    return first + pipeline.lanes();
  }

  private static void addTo(List<String> hashes, byte[][] batch) {
    for (byte[] hash : batch) {
      hashes.add(HexFormat.of().formatHex(hash));
    }
  }
}
