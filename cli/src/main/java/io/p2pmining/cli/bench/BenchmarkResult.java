package io.p2pmining.cli.bench;

import io.p2pmining.core.cpu.CpuSet;
import java.time.Duration;

/**
 * What a benchmark measured.
 *
 * @param hashes how many hashes were computed
 * @param elapsed from the first thread's start to the last one's end
 * @param checksum the XOR of the last eight bytes, little-endian, of every proof
 * @param cpus the processors that the threads were bound to; empty if they were not
 */
record BenchmarkResult(long hashes, Duration elapsed, long checksum, CpuSet cpus) {

  /** The rate over the whole time, warm-up included. */
  double hashesPerSecond() {
    return elapsed.isZero() ? 0 : hashes * 1e9 / elapsed.toNanos();
  }
}
