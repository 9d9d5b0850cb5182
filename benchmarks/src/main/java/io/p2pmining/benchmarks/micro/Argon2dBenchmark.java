package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.crypto.Argon2d;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.randomx.CacheParameters;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The fill of an rx/0 cache, without the allocation of its memory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 7)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Argon2dBenchmark {

  private static final byte[] SALT = "RandomX\u0003".getBytes(StandardCharsets.ISO_8859_1);

  private final OffHeapMemory memory =
      OffHeapMemory.allocate(CacheParameters.CACHE_BYTES, "the benchmark");

  @Benchmark
  public long fill() throws InterruptedException {
    new Argon2d(SALT, 3, 1).fill(memory.segment(), new byte[4], 1, done -> {});
    return memory.segment().byteSize();
  }

  @TearDown
  public void free() {
    memory.close();
  }
}
