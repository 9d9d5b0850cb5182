package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.randomx.superscalar.InterpretedPrograms;
import io.p2pmining.core.randomx.superscalar.SuperscalarExecutor;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import io.p2pmining.core.randomx.superscalar.TranslatedPrograms;
import java.util.List;
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

/** The eight superscalar programs of a dataset item without its reads of the cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SuperscalarBenchmark {

  private static final int PROGRAMS = 8;
  private static final List<SuperscalarProgram> GENERATED =
      SuperscalarProgram.generate(new byte[4], 170, PROGRAMS);

  private final SuperscalarExecutor interpreted = InterpretedPrograms.of(GENERATED);
  private final SuperscalarExecutor translated = TranslatedPrograms.of(GENERATED);
  private final long[] registers = {1, 2, 3, 4, 5, 6, 7, 8};

  @Benchmark
  public long[] interpreted() {
    return execute(interpreted);
  }

  @Benchmark
  public long[] translated() {
    return execute(translated);
  }

  private long[] execute(SuperscalarExecutor executor) {
    for (int program = 0; program < PROGRAMS; program++) {
      executor.execute(program, registers);
    }
    return registers;
  }
}
