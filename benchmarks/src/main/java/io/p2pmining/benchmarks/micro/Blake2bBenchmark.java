package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.crypto.Blake2b;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A 64-byte Blake2b digest of a seed (64 bytes) and of a register file (256 bytes). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Blake2bBenchmark {

  @Param({"64", "256"})
  private int length;

  private final Blake2b hash = new Blake2b(Blake2b.MAX_DIGEST_LENGTH);
  private final byte[] bytes = new byte[256];

  @Benchmark
  public byte[] digest() {
    hash.hash(bytes, 0, length, bytes, 0);
    return bytes;
  }
}
