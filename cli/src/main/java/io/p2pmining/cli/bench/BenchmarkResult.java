package io.p2pmining.cli.bench;

import java.time.Duration;

/**
 * What a benchmark measured.
 *
 * @param hashes how many hashes were computed
 * @param elapsed from the first thread's start to the last one's end
 * @param checksum the XOR of the last eight bytes, little-endian, of every proof
 */
record BenchmarkResult(long hashes, Duration elapsed, long checksum) {

  /** The rate over the whole time, warm-up included. */
  double hashesPerSecond() {
    return elapsed.isZero() ? 0 : hashes * 1e9 / elapsed.toNanos();
  }
}
