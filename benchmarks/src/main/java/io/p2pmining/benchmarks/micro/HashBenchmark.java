package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.pow.Hasher;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.Preparation;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole hashes in light mode on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@OutputTimeUnit(TimeUnit.SECONDS)
public class HashBenchmark {

  private static final int INPUT_LENGTH = 76;

  @Param({"rx/0", "rx/2"})
  private String algorithm = "";

  private Runnable hashing = () -> {};
  private Runnable closing = () -> {};

  @Setup
  public void prepare() throws InterruptedException {
    PreparedSeed seed =
        PowAlgorithms.load()
            .find(algorithm)
            .orElseThrow()
            .prepare(new byte[4], HashingMode.LIGHT, Preparation.onThreads(1));
    Hasher hasher = seed.newHasher();
    byte[] input = new byte[INPUT_LENGTH];
    byte[] hash = new byte[Hasher.HASH_LENGTH];
    hashing =
        () -> {
          hasher.hash(input, INPUT_LENGTH, hash);
          System.arraycopy(hash, 0, input, 0, hash.length);
        };
    closing =
        () -> {
          hasher.close();
          seed.close();
        };
  }

  @Benchmark
  public void hash() {
    hashing.run();
  }

  @TearDown
  public void free() {
    closing.run();
  }
}
