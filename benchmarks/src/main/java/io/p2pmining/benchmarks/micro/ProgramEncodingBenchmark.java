package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import io.p2pmining.core.randomx.compiler.CompilerTarget;
import io.p2pmining.core.randomx.compiler.DatasetAccess;
import io.p2pmining.core.randomx.compiler.LaneRing;
import io.p2pmining.core.randomx.compiler.ProgramCompiler;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Programming a lane: random programs become machine code, with configuration and constants. The
 * median (p0.50) tells.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare before anything else.
public class ProgramEncodingBenchmark {

  private static final int PROGRAMS = 512;

  @Param({"rx/0", "rx/2"})
  private String algorithm = "rx/0";

  @Param({"AVX512", "AVX2"})
  private InstructionLimit instructions = InstructionLimit.AVX512;

  private OffHeapMemory memory;
  private OffHeapMemory buffers;
  private LaneRing ring;
  private MemorySegment[] programs;

  /** Where the program to encode lies: the generator has just written it, so it is in the cache. */
  private MemorySegment hot;

  @Setup
  public void prepare() {
    RandomXParameters parameters =
        RandomXVariants.all().stream()
            .filter(variant -> variant.name().equals(algorithm))
            .findFirst()
            .orElseThrow();
    long bytes = (long) parameters.programBufferWords() * Long.BYTES;
    memory =
        OffHeapMemory.allocate(parameters.scratchpad().l3Bytes(), "a benchmark", PagePolicy.SMALL);
    buffers = OffHeapMemory.allocate((PROGRAMS + 1) * bytes, "a benchmark", PagePolicy.SMALL);
    SplittableRandom random = new SplittableRandom(1);
    for (long i = 0; i < buffers.segment().byteSize(); i += Long.BYTES) {
      buffers.segment().set(ValueLayout.JAVA_LONG, i, random.nextLong());
    }
    programs = new MemorySegment[PROGRAMS];
    for (int i = 0; i < PROGRAMS; i++) {
      programs[i] = buffers.segment().asSlice(i * bytes, bytes);
    }
    hot = buffers.segment().asSlice(PROGRAMS * bytes, bytes);
    CompilerTarget target = CompilerTarget.detect(instructions).orElseThrow();
    long address = memory.segment().address();
    ring =
        new ProgramCompiler(
                parameters, target, new DatasetAccess.Stored(address, DatasetAccess.WHOLE))
            .newRing(1, PrefetchMode.AUTO, address);
  }

  @Benchmark
  @OperationsPerInvocation(PROGRAMS)
  public void program() {
    for (MemorySegment program : programs) {
      ring.program(0, hot.copyFrom(program));
    }
  }

  @TearDown
  public void free() {
    ring.close();
    buffers.close();
    memory.close();
  }
}
