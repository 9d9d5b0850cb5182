package io.p2pmining.core.randomx.compiler;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.randomx.CacheParameters;
import io.p2pmining.core.randomx.RandomXParameters;
import io.p2pmining.core.randomx.itemcode.LookaheadItemCode;
import io.p2pmining.core.randomx.program.ProgramConfiguration;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs of several hashes side by side, one hash a lane. A run executes the program of
 * every lane once. Owned by one thread; allocates nothing after construction.
 */
public final class LaneRing implements AutoCloseable {

  /** The length of a register file in bytes: r0 to r7, f0 to f3, e0 to e3, a0 to a3. */
  public static final int REGISTER_FILE_BYTES = LaneLayout.REGISTER_FILE_BYTES;

  private static final int REGISTERS = 8;
  private static final int MODES = 4;

  /** The bits of a converted integer that group E keeps: fraction and low exponent bits. */
  private static final long E_KEPT_BITS = (1L << 56) - 1;

  private static final long SCALE_BITS = 0x80f0_0000_0000_0000L;

  private final RandomXParameters parameters;
  private final DatasetAccess dataset;
  private final LaneLayout layout;
  private final LoopCode loop;
  private final ProgramEncoder encoder;
  private final ExecutableMemory code;
  private final OffHeapMemory memory;
  private final MemorySegment lanes;
  private final MemorySegment writable;
  private final MemorySegment function;
  private final long[] configuration = new long[ProgramConfiguration.WORDS];

  LaneRing(
      RandomXParameters parameters,
      DatasetAccess dataset,
      LaneLayout layout,
      LoopCode loop,
      ProgramEncoder encoder,
      long scratchpads) {
    this.parameters = parameters;
    this.dataset = dataset;
    this.layout = layout;
    this.loop = loop;
    this.encoder = encoder;
    boolean complete = false;
    ExecutableMemory programs = null;
    try {
      programs = ExecutableMemory.holding(loop.bytes(), "RandomX programs");
      memory = OffHeapMemory.allocate(layout.byteSize(), "RandomX registers", PagePolicy.SMALL);
      complete = true;
    } finally {
      if (!complete) {
        giveUp(programs, encoder);
      }
    }
    code = programs;
    lanes = memory.segment();
    writable = code.writable();
    function = MemorySegment.ofAddress(code.entry(0));
    writeConstants(scratchpads);
  }

  private static void giveUp(@Nullable ExecutableMemory programs, ProgramEncoder encoder) {
    try (encoder) {
      if (programs != null) {
        programs.close();
      }
    }
  }

  private void writeConstants(long scratchpads) {
    lanes.set(JAVA_INT, LaneLayout.ITERATIONS, parameters.programIterations());
    for (int half = 0; half < 2 * Long.BYTES; half += Long.BYTES) {
      lanes.set(JAVA_LONG, LaneLayout.E_KEPT_BITS + half, E_KEPT_BITS);
      lanes.set(JAVA_LONG, LaneLayout.SCALE_BITS + half, SCALE_BITS);
    }
    for (int mode = 0; mode < MODES; mode++) {
      int at = LaneLayout.MXCSRS + mode * Integer.BYTES;
      lanes.set(JAVA_INT, at, RoundingCode.mxcsr(mode));
    }
    if (dataset instanceof DatasetAccess.Computed(long cache, long routine)) {
      lanes.set(JAVA_LONG, LaneLayout.CACHE, cache);
      lanes.set(JAVA_LONG, LaneLayout.ITEM_ROUTINE, routine);
    }
    for (int lane = 0; lane < layout.laneCount(); lane++) {
      long scratchpad = scratchpads + (long) lane * parameters.scratchpad().l3Bytes();
      lanes.set(JAVA_LONG, layout.lane(lane) + LaneLayout.SCRATCHPAD, scratchpad);
      lanes
          .asSlice(layout.lane(lane) + layout.window(), LaneLayout.WINDOW_BYTES)
          .fill(LookaheadItemCode.EMPTY);
      resetRoundingMode(lane);
    }
  }

  /** Goes back to rounding to nearest, as every hash begins. */
  public void resetRoundingMode(int lane) {
    lanes.set(JAVA_INT, layout.lane(lane) + LaneLayout.MODE, 0);
  }

  /** The value of a lane's fprc. */
  public int roundingMode(int lane) {
    return lanes.get(JAVA_INT, layout.lane(lane) + LaneLayout.MODE);
  }

  /**
   * Programs a lane.
   *
   * @param program a program buffer outside the heap: configuration and instructions
   */
  public void program(int lane, MemorySegment program) {
    int body = loop.body(lane);
    MemorySegment.copy(program, JAVA_LONG, 0, configuration, 0, configuration.length);
    code.beginWriting();
    encoder.encode(
        program,
        writable,
        body,
        loop.epilogue(lane),
        lanes,
        layout.lane(lane),
        layout.lane(lane) + layout.targets(),
        roundingMode(lane));
    int[] choices = loop.addressRegisterBytes(lane);
    for (int i = 0; i < choices.length; i++) {
      int odd = ProgramConfiguration.addressRegister(configuration, i) & 1;
      byte even = loop.bytes()[choices[i]];
      writable.set(JAVA_BYTE, choices[i], (byte) (even | odd));
    }
    code.endWriting();
    writeTargets(lane, code.entry(body));
    configure(lane);
  }

  private void writeTargets(int lane, long body) {
    long at = layout.lane(lane);
    int rounds = encoder.roundTargetCount();
    if (rounds == 0) {
      return;
    }
    for (int mode = 0; mode < MODES; mode++) {
      long copy = body + (long) mode * encoder.copyBytes();
      lanes.set(
          JAVA_LONG,
          at + LaneLayout.BODY_ENTRIES + (long) mode * Long.BYTES,
          copy + encoder.copyStart());
      for (int i = 0; i < rounds; i++) {
        long table = at + layout.targets() + (long) i * LaneLayout.TARGETS_BYTES;
        lanes.set(JAVA_LONG, table + (long) mode * Long.BYTES, copy + encoder.roundTarget(i));
      }
    }
  }

  /** Section 4.5. */
  private void configure(int lane) {
    long at = layout.lane(lane);
    for (int i = 0; i < REGISTERS; i++) {
      long offset = (long) i * Long.BYTES;
      lanes.set(JAVA_LONG, at + LaneLayout.R + offset, 0);
      long bits = Double.doubleToRawLongBits(ProgramConfiguration.groupA(configuration, i));
      lanes.set(JAVA_LONG, at + LaneLayout.A + offset, bits);
    }
    lanes.set(
        JAVA_LONG, at + LaneLayout.E_SET_BITS, ProgramConfiguration.groupEBits(configuration, 0));
    lanes.set(
        JAVA_LONG,
        at + LaneLayout.E_SET_BITS + Long.BYTES,
        ProgramConfiguration.groupEBits(configuration, 1));
    int ma = ProgramConfiguration.ma(configuration);
    int mx = ProgramConfiguration.mx(configuration);
    int lineMask = parameters.scratchpad().l3LineMask();
    lanes.set(JAVA_INT, at + LaneLayout.MA, ma);
    lanes.set(JAVA_INT, at + LaneLayout.MX, mx);
    lanes.set(JAVA_INT, at + LaneLayout.ADDRESS_0, mx & lineMask);
    lanes.set(JAVA_INT, at + LaneLayout.ADDRESS_1, ma & lineMask);
    lanes.set(JAVA_LONG, at + LaneLayout.DATASET, datasetBegin());
  }

  private long datasetBegin() {
    int offset = ProgramConfiguration.datasetOffset(configuration);
    return switch (dataset) {
      case DatasetAccess.Stored(long address, int mask) ->
          mask == DatasetAccess.WHOLE
              ? address + (long) offset * CacheParameters.ITEM_BYTES
              : address;
      case DatasetAccess.Computed computed -> offset;
    };
  }

  /** Executes the programs of all lanes. */
  public void run() {
    if (!lanes.scope().isAlive()) {
      throw new IllegalStateException("the ring is closed");
    }
    NativeCall.call(function, lanes.address());
  }

  /** The address of a function of the lanes' memory that executes the programs. */
  long entry() {
    return function.address();
  }

  /** The address of the lanes' memory. */
  long lanesAddress() {
    return lanes.address();
  }

  /** Where a lane's register file lies. */
  public long registerFileAddress(int lane) {
    return lanes.address() + layout.lane(lane);
  }

  /** Copies a lane's register file out, {@link #REGISTER_FILE_BYTES} bytes. */
  public void copyRegisterFile(int lane, byte[] target) {
    MemorySegment.copy(lanes, JAVA_BYTE, layout.lane(lane), target, 0, REGISTER_FILE_BYTES);
  }

  @Override
  public void close() {
    try (memory;
        encoder) {
      code.close();
    }
  }
}
