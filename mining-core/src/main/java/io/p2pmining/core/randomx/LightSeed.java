package io.p2pmining.core.randomx;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import io.p2pmining.core.randomx.vm.RandomXVm;
import java.time.Duration;

/** A key with its cache, from which hashers compute dataset items as they need them. */
final class LightSeed implements PreparedSeed {

  private final PowAlgorithm algorithm;
  private final RandomXParameters parameters;
  private final RandomXCache cache;
  private final Duration cacheInitTime;

  LightSeed(
      PowAlgorithm algorithm,
      RandomXParameters parameters,
      RandomXCache cache,
      Duration cacheInitTime) {
    this.algorithm = algorithm;
    this.parameters = parameters;
    this.cache = cache;
    this.cacheInitTime = cacheInitTime;
  }

  @Override
  public PowAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public HashingMode mode() {
    return HashingMode.LIGHT;
  }

  @Override
  public byte[] seed() {
    return cache.key();
  }

  @Override
  public String engine() {
    return RandomXVm.ENGINE;
  }

  @Override
  public String pages() {
    return cache.pages().label();
  }

  @Override
  public Duration cacheInitTime() {
    return cacheInitTime;
  }

  @Override
  public Duration datasetInitTime() {
    return Duration.ZERO;
  }

  @Override
  public Hasher newHasher() {
    return new RandomXHasher(parameters, RandomXVm.create(parameters, cache.items()));
  }

  @Override
  public void close() {
    cache.close();
  }
}
