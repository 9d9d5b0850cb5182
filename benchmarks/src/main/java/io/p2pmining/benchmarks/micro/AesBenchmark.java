package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.crypto.AesGenerator1R;
import io.p2pmining.core.crypto.AesHash1R;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What AES does in a hash: fill the scratchpad of 2 MiB and hash it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AesBenchmark {

  private final long[] scratchpad = new long[2 << 20 >> 3];
  private final long[] state = new long[AesGenerator1R.STATE_WORDS];
  private final long[] fingerprint = new long[AesHash1R.HASH_WORDS];

  @Benchmark
  public long[] fill() {
    AesGenerator1R.generate(state, scratchpad);
    return scratchpad;
  }

  @Benchmark
  public long[] hash() {
    AesHash1R.hash(scratchpad, fingerprint);
    return fingerprint;
  }
}
