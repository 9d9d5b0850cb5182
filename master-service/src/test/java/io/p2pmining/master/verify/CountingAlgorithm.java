package io.p2pmining.master.verify;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Another algorithm under its own name, which counts how often a seed is prepared and closed. */
final class CountingAlgorithm implements PowAlgorithm {

  private final PowAlgorithm delegate;
  private final String name;
  private final AtomicInteger prepared = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();

  CountingAlgorithm(PowAlgorithm delegate) {
    this(delegate, "counting");
  }

  CountingAlgorithm(PowAlgorithm delegate, String name) {
    this.delegate = delegate;
    this.name = name;
  }

  int prepared() {
    return prepared.get();
  }

  int closed() {
    return closed.get();
  }

  @Override
  public String name() {
    return name;
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
    prepared.incrementAndGet();
    return new CountingSeed(delegate.prepare(seed, mode, preparation));
  }

  private final class CountingSeed implements PreparedSeed {

    private final PreparedSeed inner;

    CountingSeed(PreparedSeed inner) {
      this.inner = inner;
    }

    @Override
    public PowAlgorithm algorithm() {
      return CountingAlgorithm.this;
    }

    @Override
    public HashingMode mode() {
      return inner.mode();
    }

    @Override
    public byte[] seed() {
      return inner.seed();
    }

    @Override
    public String engine() {
      return inner.engine();
    }

    @Override
    public String pages() {
      return inner.pages();
    }

    @Override
    public Duration cacheInitTime() {
      return inner.cacheInitTime();
    }

    @Override
    public Duration datasetInitTime() {
      return inner.datasetInitTime();
    }

    @Override
    public Hasher newHasher() {
      return inner.newHasher();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
      inner.close();
    }
  }
}
