package io.p2pmining.benchmarks.micro;

import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.crypto.compiled.AesCode;
import io.p2pmining.core.crypto.compiled.AesKind;
import io.p2pmining.core.crypto.compiled.AesLanes;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.RandomXVariants;
import java.lang.foreign.MemorySegment;
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
 * What the AES code does in a hash, for all lanes of a call together: scratchpads of 2 MiB that
 * follow one another on transparent huge pages, and programs of rx/0. The median (p0.50) tells; a
 * mean also tells how busy the machine was.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@Fork(1)
@Warmup(iterations = 2, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls prepare before anything else.
public class AesCodeBenchmark {

  private static final RandomXParameters PARAMETERS = RandomXVariants.MONERO;
  private static final long SCRATCHPAD_BYTES = PARAMETERS.scratchpad().l3Bytes();
  private static final long PROGRAM_BYTES = PARAMETERS.programBufferWords() * 8L;
  private static final int BLOCK_BYTES = 64;

  /** One program takes too short a time for the clock. */
  private static final int PROGRAMS = 100;

  /** The other buffers of a lane: program, fingerprint and state. */
  private static final long LANE_BYTES = PROGRAM_BYTES + 2 * BLOCK_BYTES;

  @Param({"SOFTWARE", "AES_NI", "VAES_256", "VAES_512"})
  private AesKind kind = AesKind.SOFTWARE;

  @Param({"1", "2", "3", "4"})
  private int lanes;

  private OffHeapMemory memory;
  private AesCode code;
  private AesLanes table;

  @Setup
  public void prepare() {
    if (!kind.isSupportedBy(CpuFeatures.detect())) {
      throw new IllegalStateException("this processor has not what it takes: kind=" + kind);
    }
    long scratchpads = AesLanes.MAX_LANES * SCRATCHPAD_BYTES;
    memory =
        OffHeapMemory.allocate(
            scratchpads + AesLanes.BYTES + AesLanes.MAX_LANES * LANE_BYTES,
            "scratchpads",
            PagePolicy.TRANSPARENT_HUGE);
    MemorySegment all = memory.segment();
    table = new AesLanes(all.asSlice(scratchpads, AesLanes.BYTES));
    for (int lane = 0; lane < AesLanes.MAX_LANES; lane++) {
      long others = all.address() + scratchpads + AesLanes.BYTES + lane * LANE_BYTES;
      table.setScratchpad(lane, all.address() + lane * SCRATCHPAD_BYTES);
      table.setState(lane, others);
      table.setFingerprint(lane, others + BLOCK_BYTES);
      table.setProgram(lane, others + 2 * BLOCK_BYTES);
    }
    code = AesCode.generate(kind, PARAMETERS.programGenerator());
  }

  @Benchmark
  public void fill() {
    code.fill(table, lanes, SCRATCHPAD_BYTES);
  }

  @Benchmark
  public void hash() {
    code.hash(table, lanes, SCRATCHPAD_BYTES);
  }

  @Benchmark
  public void hashAndFill() {
    code.hashAndFill(table, lanes, SCRATCHPAD_BYTES);
  }

  @Benchmark
  @OperationsPerInvocation(PROGRAMS)
  public void generatePrograms() {
    for (int i = 0; i < PROGRAMS; i++) {
      code.generatePrograms(table, lanes, PROGRAM_BYTES);
    }
  }

  @TearDown
  public void free() {
    code.close();
    memory.close();
  }
}
