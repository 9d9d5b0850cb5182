package io.p2pmining.core.randomx;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.randomx.vm.RandomXEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that open and close many engines in light mode, all with one cache. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
abstract class LightEngineTest {

  /** The variant whose cache takes the least time. */
  static final RandomXParameters PARAMETERS = RandomXVariants.ARQMA;

  static final byte[] KEY = {1, 2, 3};
  private static final byte[] INPUT = {4, 5};

  @SuppressWarnings("NullAway.Init")
  private static RandomXCache cache;

  @BeforeAll
  static void createCache() throws InterruptedException {
    CpuFeatures.detect(); // Runs code that must not fail with the calls of a test.
    cache = RandomXCache.create(PARAMETERS.cache(), KEY, 1, done -> {});
  }

  @AfterAll
  static void closeCache() {
    cache.close();
  }

  /** The cache of all engines. */
  static RandomXCache cache() {
    return cache;
  }

  /** Something to be done while an engine and a pipeline are open. */
  interface Use {
    void with(HashPipeline pipeline) throws Exception;
  }

  /** The compiler and nothing else. */
  static EngineSettings compiler(int lanes, InstructionLimit instructions) {
    return new EngineSettings(
        CompilerPolicy.REQUIRED, instructions, lanes, PagePolicy.TRANSPARENT_HUGE);
  }

  /** Opens an engine and a pipeline, uses them and closes them. */
  static void use(RandomXParameters parameters, EngineSettings settings, Use use) throws Exception {
    try (RandomXEngine engine =
            RandomXEngine.create(parameters, new SeedMemory.Light(cache), settings);
        HashPipeline pipeline =
            new RandomXPipeline(parameters, engine.newVm(engine.bestLanes()), () -> {})) {
      use.with(pipeline);
    }
  }

  /** The hashes of the last of some batches of the same input. */
  static byte[][] hash(HashPipeline pipeline, int batches) {
    byte[][] hashes = new byte[pipeline.lanes()][Hasher.HASH_LENGTH];
    load(pipeline);
    pipeline.begin();
    for (int i = 1; i < batches; i++) {
      load(pipeline);
      pipeline.next(hashes);
    }
    pipeline.finish(hashes);
    return hashes;
  }

  static void load(HashPipeline pipeline) {
    for (int lane = 0; lane < pipeline.lanes(); lane++) {
      pipeline.load(lane, INPUT, INPUT.length);
    }
  }
}
