package io.p2pmining.core.randomx;

import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashPipeline;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.KnownAnswer;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.randomx.vm.RandomXEngine;
import io.p2pmining.core.randomx.vm.RandomXVm;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A key with what was computed from it: the cache in light mode, the dataset in full mode. The
 * memory is freed once the seed and everything that hashes under it is closed, because generated
 * code that reads memory which is gone is the end of the process.
 */
final class RandomXSeed implements PreparedSeed {

  private final PowAlgorithm algorithm;
  private final RandomXParameters parameters;
  private final byte[] key;
  private final SeedMemory memory;
  private final RandomXEngine engine;
  private final Supplier<Optional<KnownAnswer>> check;
  private final Users users = new Users(this::free);
  private final Duration cacheInitTime;
  private final Duration datasetInitTime;

  /** A seed that owns {@code memory}; if this throws, the caller still does. */
  RandomXSeed(
      PowAlgorithm algorithm,
      RandomXParameters parameters,
      byte[] key,
      SeedMemory memory,
      EngineSettings settings,
      Duration cacheInitTime,
      Duration datasetInitTime) {
    this.algorithm = algorithm;
    this.parameters = parameters;
    this.key = key.clone();
    this.memory = memory;
    this.engine = RandomXEngine.create(parameters, memory, settings);
    this.check = new InterpretedCheck(parameters, memory, engine);
    this.cacheInitTime = cacheInitTime;
    this.datasetInitTime = datasetInitTime;
  }

  @Override
  public PowAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public HashingMode mode() {
    return memory.mode();
  }

  @Override
  public byte[] seed() {
    return key.clone();
  }

  @Override
  public String engine() {
    return engine.name();
  }

  @Override
  public String instructions() {
    return engine.instructions();
  }

  @Override
  public int lanes() {
    return engine.bestLanes();
  }

  @Override
  public String pages() {
    return memory.pages().label();
  }

  @Override
  public Duration cacheInitTime() {
    return cacheInitTime;
  }

  @Override
  public Duration datasetInitTime() {
    return datasetInitTime;
  }

  @Override
  public Hasher newHasher() {
    return new RandomXHasher(newPipeline(1));
  }

  @Override
  public HashPipeline newPipeline() {
    return newPipeline(engine.bestLanes());
  }

  /** Keeps the memory when the seed is closed, until {@link #letMemoryGo}. */
  void holdMemory() {
    users.add();
  }

  /** Ends {@link #holdMemory}. */
  void letMemoryGo() {
    users.remove();
  }

  @Override
  public Optional<KnownAnswer> check() {
    users.add();
    try {
      return check.get();
    } finally {
      users.remove();
    }
  }

  private RandomXPipeline newPipeline(int lanes) {
    users.add();
    RandomXVm vm = null;
    boolean complete = false;
    try {
      vm = engine.newVm(lanes);
      RandomXPipeline pipeline = new RandomXPipeline(parameters, vm, users::remove);
      complete = true;
      return pipeline;
    } finally {
      if (!complete) {
        giveUp(vm);
      }
    }
  }

  private void giveUp(@Nullable RandomXVm vm) {
    try {
      if (vm != null) {
        vm.close();
      }
    } finally {
      users.remove();
    }
  }

  @Override
  public void close() {
    users.close();
  }

  private void free() {
    try (memory) {
      engine.close();
    }
  }
}
