package io.p2pmining.core.randomx;

import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.KnownAnswer;
import io.p2pmining.core.pow.PipelineShape;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.randomx.vm.RandomXEngine;
import io.p2pmining.core.randomx.vm.RandomXVm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
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

  /** By NUMA node, what computes there from a copy of its own; set before anybody hashes. */
  private Map<Integer, RandomXEngine> nodeEngines = Map.of();

  private NodeTables tables = NodeTables.NONE;

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

  /**
   * Gives each NUMA node of the settings a dataset of its own, if memory allows it. Called by the
   * thread that prepares the seed, before it hands it out.
   *
   * @param dataset what this seed owns
   */
  void copyToNodes(RandomXDataset dataset, EngineSettings settings) throws InterruptedException {
    tables = NodeTables.of(dataset, settings);
    Map<Integer, RandomXEngine> engines = new HashMap<>();
    nodeEngines = engines;
    for (NodeTables.Copy copy : tables.copies()) {
      SeedMemory near = new SeedMemory.Full(copy.dataset());
      engines.put(copy.node(), RandomXEngine.create(parameters, near, settings));
    }
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
  public int mostLanes() {
    return engine.compiles() ? EngineSettings.MAX_LANES : 1;
  }

  @Override
  public PrefetchMode prefetch() {
    return engine.prefetch();
  }

  @Override
  public int tables() {
    return 1 + tables.copies().size();
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
    return new RandomXHasher(newPipeline(PipelineShape.AUTO.withLanes(1)));
  }

  @Override
  public RandomXPipeline newPipeline(PipelineShape shape) {
    users.add();
    RandomXVm vm = null;
    boolean complete = false;
    try {
      RandomXEngine near = nodeEngines.getOrDefault(shape.node(), engine);
      vm = near.newVm(shape);
      RandomXPipeline pipeline = new RandomXPipeline(parameters, vm, users::remove);
      complete = true;
      return pipeline;
    } finally {
      if (!complete) {
        giveUp(vm);
      }
    }
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
    try (memory;
        NodeTables near = tables) {
      nodeEngines.values().forEach(RandomXEngine::close);
      engine.close();
    }
  }
}
