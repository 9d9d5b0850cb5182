package io.p2pmining.cli.bench;

import java.time.Duration;

/** When a benchmark ends. */
sealed interface BenchmarkLimit {

  /** How many nonces there are in all. */
  long NONCE_COUNT = 1L << 32;

  /** The first nonce that is not hashed any more. */
  long nonceEnd();

  /** Which part is done, from 0 to 1. */
  double finished(long hashes, Duration elapsed);

  /** After every nonce from 0 to {@code count} − 1: the checksum can be compared. */
  record Nonces(long count) implements BenchmarkLimit {

    @Override
    public long nonceEnd() {
      return count;
    }

    @Override
    public double finished(long hashes, Duration elapsed) {
      return (double) hashes / count;
    }
  }

  /** After a time, or when all nonces are used up. */
  record Time(Duration duration) implements BenchmarkLimit {

    @Override
    public long nonceEnd() {
      return NONCE_COUNT;
    }

    @Override
    public double finished(long hashes, Duration elapsed) {
      return Math.min(1, (double) elapsed.toNanos() / duration.toNanos());
    }
  }
}
