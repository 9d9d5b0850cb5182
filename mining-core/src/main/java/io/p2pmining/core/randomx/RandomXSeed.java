package io.p2pmining.core.randomx;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.randomx.vm.RandomXVm;
import java.time.Duration;

/** A key with what was computed from it: the cache in light mode, the dataset in full mode. */
final class RandomXSeed implements PreparedSeed {

  private final PowAlgorithm algorithm;
  private final RandomXParameters parameters;
  private final byte[] key;
  private final SeedMemory memory;
  private final Duration cacheInitTime;
  private final Duration datasetInitTime;

  RandomXSeed(
      PowAlgorithm algorithm,
      RandomXParameters parameters,
      byte[] key,
      SeedMemory memory,
      Duration cacheInitTime,
      Duration datasetInitTime) {
    this.algorithm = algorithm;
    this.parameters = parameters;
    this.key = key.clone();
    this.memory = memory;
    this.cacheInitTime = cacheInitTime;
    this.datasetInitTime = datasetInitTime;
  }

  @Override
  public PowAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public HashingMode mode() {
    return switch (memory) {
      case SeedMemory.Light light -> HashingMode.LIGHT;
      case SeedMemory.Full full -> HashingMode.FULL;
    };
  }

  @Override
  public byte[] seed() {
    return key.clone();
  }

  @Override
  public String engine() {
    return RandomXVm.ENGINE;
  }

  @Override
  public String pages() {
    return switch (memory) {
      case SeedMemory.Light(RandomXCache cache) -> cache.pages().label();
      case SeedMemory.Full(RandomXDataset dataset) -> dataset.pages().label();
    };
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
    DatasetItems items =
        switch (memory) {
          case SeedMemory.Light(RandomXCache cache) -> cache.items();
          case SeedMemory.Full(RandomXDataset dataset) -> dataset.items();
        };
    return new RandomXHasher(parameters, RandomXVm.create(parameters, items));
  }

  @Override
  public void close() {
    switch (memory) {
      case SeedMemory.Light(RandomXCache cache) -> cache.close();
      case SeedMemory.Full(RandomXDataset dataset) -> dataset.close();
    }
  }
}
