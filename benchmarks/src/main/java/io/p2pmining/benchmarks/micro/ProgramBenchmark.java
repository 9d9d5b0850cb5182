package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.interpreter.Interpreter;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One iteration of a program, over a dataset whose items cost next to nothing. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProgramBenchmark {

  /** Of rx/0 and of rx/2. */
  private static final int ITERATIONS = 2048;

  private static final int PROGRAMS = 64;
  private static final long SEED = 42;
  private static final long ITEM_MULTIPLIER = 0x9e3779b97f4a7c15L;

  @Param({"rx/0", "rx/2"})
  private String algorithm = "";

  private final long[][] programs = new long[PROGRAMS][];
  private Runnable executing = () -> {};

  @Setup
  public void prepare() {
    RandomXParameters parameters =
        RandomXVariants.all().stream()
            .filter(variant -> variant.name().equals(algorithm))
            .findFirst()
            .orElseThrow();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < PROGRAMS; i++) {
      programs[i] = random.longs(parameters.programBufferWords()).toArray();
    }
    long[] scratchpad = random.longs(parameters.scratchpad().l3Bytes() / Long.BYTES).toArray();
    Interpreter interpreter = new Interpreter(parameters, ProgramBenchmark::xorInto, scratchpad);
    executing =
        new Runnable() {
          private int next;

          @Override
          public void run() {
            interpreter.execute(programs[next]);
            next = (next + 1) % PROGRAMS;
          }
        };
  }

  @Benchmark
  @OperationsPerInvocation(ITERATIONS)
  public void iteration() {
    executing.run();
  }

  private static void xorInto(int item, long[] registers) {
    long word = item * ITEM_MULTIPLIER;
    for (int i = 0; i < 8; i++) {
      registers[i] ^= word + i;
    }
  }
}
