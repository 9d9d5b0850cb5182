package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.DatasetItems;
import io.p2pmining.core.randomx.RandomXCache;
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

/** A dataset item in light mode, alone and when the next one was announced before. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DatasetItemBenchmark {

  private final RandomXCache cache = createCache();
  private final DatasetItems items = cache.items();
  private final long[] registers = new long[8];
  private int next;

  @Benchmark
  public long[] alone() {
    items.xorInto(CacheParameters.itemAt((int) registers[0]), registers);
    return registers;
  }

  @Benchmark
  public long[] announced() {
    int item = next;
    next = CacheParameters.itemAt((int) registers[0]);
    items.prefetch(next);
    items.xorInto(item, registers);
    return registers;
  }

  @TearDown
  public void free() {
    cache.close();
  }

  private static RandomXCache createCache() {
    try {
      CacheParameters parameters = new CacheParameters("RandomX\u0003", 3, 1, 170);
      return RandomXCache.create(parameters, new byte[4], 1, done -> {});
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
