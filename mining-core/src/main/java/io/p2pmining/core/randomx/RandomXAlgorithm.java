package io.p2pmining.core.randomx;

import io.p2pmining.core.crypto.Blake2b;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.Set;

/** One variant of RandomX. */
final class RandomXAlgorithm implements PowAlgorithm {

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
    return Set.of(HashingMode.LIGHT);
  }

  @Override
  public long preparedBytes(HashingMode mode) {
    requireSupported(mode);
    return CacheParameters.CACHE_BYTES;
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

  @Override
  public PreparedSeed prepare(byte[] seed, HashingMode mode, Preparation preparation)
      throws InterruptedException {
    requireSupported(mode);
    long begin = System.nanoTime();
    RandomXCache cache =
        RandomXCache.create(
            parameters.cache(), seed, preparation.threads(), preparation.progress());
    Duration cacheInitTime = Duration.ofNanos(System.nanoTime() - begin);
    return new LightSeed(this, parameters, cache, cacheInitTime);
  }

  private void requireSupported(HashingMode mode) {
    if (!modes().contains(mode)) {
      throw new IllegalArgumentException(name() + " has no mode " + mode);
    }
  }
}
