package io.p2pmining.core.randomx;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.memory.SharedTables;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.DoubleConsumer;

/** One variant of RandomX. */
final class RandomXAlgorithm implements PowAlgorithm {

  /** The cache's part of the progress when the dataset follows; about its part of the time. */
  private static final double CACHE_PART = 0.05;

  private final RandomXParameters parameters;

  RandomXAlgorithm(RandomXParameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public String name() {
    return parameters.name();
  }

  @Override
  public int maxSeedLength() {
    return RandomXCache.MAX_KEY_LENGTH;
  }

  @Override
  public Set<HashingMode> modes() {
    return EnumSet.allOf(HashingMode.class);
  }

  /** For full mode including the cache, which is needed until the dataset is complete. */
  @Override
  public long preparedBytes(HashingMode mode) {
    return switch (mode) {
      case LIGHT -> CacheParameters.CACHE_BYTES;
      case FULL -> CacheParameters.CACHE_BYTES + RandomXDataset.BYTES;
    };
  }

  @Override
  public long bytesToPrepare(byte[] seed, HashingMode mode, EngineSettings engine) {
    SharedTables shared = SharedTables.of(engine.sharing());
    long bytes = 0;
    if (!shared.isTakenCareOf(SeedTables.cache(parameters.cache(), seed))) {
      bytes += CacheParameters.CACHE_BYTES;
    }
    if (mode == HashingMode.FULL
        && !shared.isTakenCareOf(SeedTables.dataset(parameters.cache(), seed))) {
      bytes += RandomXDataset.BYTES;
    }
    return bytes;
  }

  @Override
  public long copyBytes(HashingMode mode) {
    return switch (mode) {
      case LIGHT -> 0;
      case FULL -> RandomXDataset.BYTES;
    };
  }

  @Override
  public long hasherBytes() {
    return parameters.scratchpad().l3Bytes();
  }

  @Override
  public void proof(byte[] input, int length, byte[] hash, byte[] proof) {
    Blake2b digest = new Blake2b(Hasher.HASH_LENGTH);
    Commitment.proof(parameters.version(), digest, input, length, hash, proof);
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if the machine has not enough of
   *     it; nothing stays allocated
   */
  @Override
  public PreparedSeed prepare(byte[] seed, HashingMode mode, Preparation preparation)
      throws InterruptedException {
    return switch (mode) {
      case LIGHT -> prepareLight(seed, preparation);
      case FULL -> prepareFull(seed, preparation);
    };
  }

  private PreparedSeed prepareLight(byte[] seed, Preparation preparation)
      throws InterruptedException {
    long begin = System.nanoTime();
    RandomXCache cache = createCache(seed, preparation, preparation.progress());
    return seedOwning(new SeedMemory.Light(cache), seed, preparation, since(begin), Duration.ZERO);
  }

  private PreparedSeed prepareFull(byte[] seed, Preparation preparation)
      throws InterruptedException {
    DoubleConsumer progress = preparation.progress();
    long begin = System.nanoTime();
    RandomXCache cache = createCache(seed, preparation, done -> progress.accept(CACHE_PART * done));
    Duration cacheTime = since(begin);
    if (!preparation.wantsInterim() || isAtHand(seed, preparation.engine())) {
      try (cache) {
        return seedFrom(cache, seed, preparation, cacheTime);
      }
    }
    SeedMemory memory = new SeedMemory.Light(cache);
    RandomXSeed light = seedOwning(memory, seed, preparation, cacheTime, Duration.ZERO);
    light.holdMemory();
    try {
      preparation.interim().accept(light);
      return seedFrom(cache, seed, preparation, cacheTime);
    } finally {
      light.letMemoryGo();
    }
  }

  /** Whether another process has the dataset, so that nobody has to wait for it. */
  private boolean isAtHand(byte[] seed, EngineSettings engine) {
    return SharedTables.of(engine.sharing()).isHeld(SeedTables.dataset(parameters.cache(), seed));
  }

  /** Computes the dataset; the cache stays open until this returns. */
  private RandomXSeed seedFrom(
      RandomXCache cache, byte[] seed, Preparation preparation, Duration cacheTime)
      throws InterruptedException {
    DoubleConsumer progress = preparation.progress();
    long begin = System.nanoTime();
    RandomXDataset dataset =
        RandomXDataset.create(
            cache,
            preparation.threads(),
            done -> progress.accept(CACHE_PART + (1 - CACHE_PART) * done),
            preparation.engine());
    RandomXSeed prepared =
        seedOwning(new SeedMemory.Full(dataset), seed, preparation, cacheTime, since(begin));
    boolean complete = false;
    try {
      prepared.copyToNodes(dataset, preparation.engine());
      complete = true;
      return prepared;
    } finally {
      if (!complete) {
        prepared.close();
      }
    }
  }

  private RandomXSeed seedOwning(
      SeedMemory memory,
      byte[] seed,
      Preparation preparation,
      Duration cacheTime,
      Duration datasetTime) {
    boolean complete = false;
    try {
      RandomXSeed prepared =
          new RandomXSeed(
              this, parameters, seed, memory, preparation.engine(), cacheTime, datasetTime);
      complete = true;
      return prepared;
    } finally {
      if (!complete) {
        memory.close();
      }
    }
  }

  private RandomXCache createCache(byte[] seed, Preparation preparation, DoubleConsumer progress)
      throws InterruptedException {
    return RandomXCache.create(
        parameters.cache(), seed, preparation.threads(), progress, preparation.engine());
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
