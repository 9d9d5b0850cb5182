package io.p2pmining.core.randomx.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.pow.PrefetchMode;
import io.p2pmining.core.randomx.PatternDataset;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.interpreter.Interpreter;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Programs that are executed twice: by a ring and, lane for lane, by interpreters, from equal
 * scratchpads and with the same dataset. Owned by one thread.
 */
final class Comparison implements AutoCloseable {

  /** What integers and converted floating-point numbers are at their ends. */
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    0x8000_0000L,
    0x7fff_ffffL,
    0xffff_ffff_0000_0000L,
    0x8000_0000_8000_0000L,
    0x7fff_ffff_ffff_ffffL,
    1L << 53
  };

  private final int lanes;
  private final long scratchpadBytes;
  private final OffHeapMemory memory;
  private final OffHeapMemory program;
  private final LaneRing ring;
  private final long[][] scratchpads;
  private final Interpreter[] interpreters;
  private final long[][] programs;
  private final byte[] actual = new byte[LaneRing.REGISTER_FILE_BYTES];
  private final byte[] expected = new byte[LaneRing.REGISTER_FILE_BYTES];

  /** A comparison that begins with scratchpads of random words, extreme ones among them. */
  Comparison(
      RandomXParameters parameters,
      ProgramCompiler compiler,
      int lanes,
      PatternDataset dataset,
      SplittableRandom random) {
    this.lanes = lanes;
    this.scratchpadBytes = parameters.scratchpad().l3Bytes();
    this.scratchpads = new long[lanes][parameters.scratchpad().l3Bytes() / Long.BYTES];
    this.interpreters = new Interpreter[lanes];
    this.programs = new long[lanes][];
    memory = OffHeapMemory.allocate(lanes * scratchpadBytes, "a comparison", PagePolicy.SMALL);
    program = ProgramBuffers.allocate(parameters);
    PrefetchMode prefetch = random.nextBoolean() ? PrefetchMode.WALK_FIRST : PrefetchMode.AT_ONCE;
    ring = compiler.newRing(lanes, prefetch, memory.segment().address());
    for (int lane = 0; lane < lanes; lane++) {
      Arrays.setAll(scratchpads[lane], i -> word(random.nextLong()));
      actualScratchpad(lane).copyFrom(MemorySegment.ofArray(scratchpads[lane]));
      interpreters[lane] = new Interpreter(parameters, dataset, scratchpads[lane]);
    }
  }

  /** Makes every fourth of random words an extreme one. */
  private static long word(long random) {
    return (random & 3) == 0 ? EXTREMES[(int) (random >>> 40) % EXTREMES.length] : random;
  }

  /** A compiler for a comparison. */
  static ProgramCompiler compiler(
      RandomXParameters parameters, CompilerTarget target, PatternDataset dataset) {
    return new ProgramCompiler(
        parameters, target, new DatasetAccess.Stored(dataset.address(), DatasetAccess.WHOLE));
  }

  int lanes() {
    return lanes;
  }

  LaneRing ring() {
    return ring;
  }

  /** Begins anew as a hash does. */
  void resetRoundingModes() {
    for (int lane = 0; lane < lanes; lane++) {
      ring.resetRoundingMode(lane);
      interpreters[lane].resetRoundingMode();
    }
  }

  /** Gives a lane its next program. */
  void program(int lane, long[] buffer) {
    programs[lane] = buffer;
    ring.program(lane, ProgramBuffers.copy(buffer, program));
  }

  /** Executes the programs of all lanes in both ways. */
  void execute() {
    ring.run();
    for (int lane = 0; lane < lanes; lane++) {
      interpreters[lane].execute(programs[lane]);
    }
  }

  /** Fails if any lane has another register file, rounding mode or scratchpad than it should. */
  void assertAgreement(Object what) {
    for (int lane = 0; lane < lanes; lane++) {
      ring.copyRegisterFile(lane, actual);
      interpreters[lane].storeRegisterFile(expected);
      if (!Arrays.equals(actual, expected)) {
        assertThat(HexFormat.of().formatHex(actual))
            .as("registers: %s, lane=%d", what, lane)
            .isEqualTo(HexFormat.of().formatHex(expected));
      }
      if (ring.roundingMode(lane) != interpreters[lane].roundingMode()) {
        assertThat(ring.roundingMode(lane))
            .as("rounding mode: %s, lane=%d", what, lane)
            .isEqualTo(interpreters[lane].roundingMode());
      }
      long difference = actualScratchpad(lane).mismatch(MemorySegment.ofArray(scratchpads[lane]));
      assertThat(difference).as("scratchpad differs: %s, lane=%d", what, lane).isEqualTo(-1);
    }
  }

  private MemorySegment actualScratchpad(int lane) {
    return memory.segment().asSlice(lane * scratchpadBytes, scratchpadBytes);
  }

  @Override
  public void close() {
    try (memory;
        program) {
      ring.close();
    }
  }
}
