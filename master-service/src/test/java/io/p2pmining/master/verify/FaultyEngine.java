package io.p2pmining.master.verify;

import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.Set;

/**
 * Another algorithm whose generated code has a wrong bit in every hash; its interpreter has not.
 */
record FaultyEngine(PowAlgorithm delegate) implements PowAlgorithm {

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public int maxSeedLength() {
    return delegate.maxSeedLength();
  }

  @Override
  public Set<HashingMode> modes() {
    return delegate.modes();
  }

  @Override
  public long preparedBytes(HashingMode mode) {
    return delegate.preparedBytes(mode);
  }

  @Override
  public long hasherBytes() {
    return delegate.hasherBytes();
  }

  @Override
  public PreparedSeed prepare(byte[] seed, HashingMode mode, Preparation preparation)
      throws InterruptedException {
    PreparedSeed right = delegate.prepare(seed, mode, preparation);
    return preparation.engine().compiler() == CompilerPolicy.OFF ? right : new Wrong(right);
  }

  private record Wrong(PreparedSeed right) implements PreparedSeed {

    @Override
    public PowAlgorithm algorithm() {
      return right.algorithm();
    }

    @Override
    public HashingMode mode() {
      return right.mode();
    }

    @Override
    public byte[] seed() {
      return right.seed();
    }

    @Override
    public String engine() {
      return right.engine();
    }

    @Override
    public String pages() {
      return right.pages();
    }

    @Override
    public Duration cacheInitTime() {
      return right.cacheInitTime();
    }

    @Override
    public Duration datasetInitTime() {
      return right.datasetInitTime();
    }

    @Override
    public Hasher newHasher() {
      Hasher hasher = right.newHasher();
      return new Hasher() {
        @Override
        public void hash(byte[] input, int length, byte[] hash) {
          hasher.hash(input, length, hash);
          hash[5] ^= 1;
        }

        @Override
        public void close() {
          hasher.close();
        }
      };
    }

    @Override
    public void close() {
      right.close();
    }
  }
}
