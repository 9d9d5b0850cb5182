package io.p2pmining.core.randomx.compiler;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.p2pmining.core.memory.ExecutableMemory;
import io.p2pmining.core.memory.NativeCall;
import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.randomx.program.ProgramConfiguration;
import java.lang.foreign.MemorySegment;

/**
 * Writes the machine code of one program after the other to where it is executed. {@link
 * EncoderCode} writes nearly all of it; the rest is written here. Owned by one thread; allocates
 * nothing after construction.
 *
 * <p>Where instructions carry their rounding mode, a program with CFROUND gets four copies of its
 * code, one a mode, and CFROUND jumps to the same place of another copy:
 *
 * <pre>
 *   +----------+--------+--------+--------+--------+
 *   | dispatch | copy 0 | copy 1 | copy 2 | copy 3 |    each ends with a jump to the epilogue
 *   +----------+--------+--------+--------+--------+
 * </pre>
 */
final class ProgramEncoder implements AutoCloseable {

  /** What is written beyond the end of the last instruction: a whole template, or an immediate. */
  static final int OVERRUN_BYTES = TemplateTable.TEMPLATE_BYTES + Integer.BYTES;

  private static final int MODES = 4;
  private static final int LONG_JUMP_BYTES = 5;

  /** The bits of an EVEX prefix that say a rounding mode, without the mode. */
  private static final int ROUNDS = 0x10;

  private static final int ROUNDING_MODE_SHIFT = 5;

  private final RoundingCode rounding;
  private final int programSize;
  private final int maxBytes;
  private final ExecutableMemory routines;
  private final MemorySegment start;
  private final MemorySegment resume;
  private final MemorySegment mark;
  private final OffHeapMemory memory;
  private final MemorySegment state;
  private final int[] roundTargets;
  private int roundTargetCount;
  private int copyBytes;
  private int length;

  /** An encoder with memory of its own. */
  ProgramEncoder(EncoderCode code, RoundingCode rounding, int programSize, int maxBytes) {
    this.rounding = rounding;
    this.programSize = programSize;
    this.maxBytes = maxBytes;
    this.roundTargets = new int[programSize];
    this.routines = ExecutableMemory.holding(code.bytes(), "the encoder of RandomX programs");
    boolean complete = false;
    try {
      memory =
          OffHeapMemory.allocate(
              code.tables().length + EncoderState.byteSize(programSize),
              "the encoder's tables",
              PagePolicy.TRANSPARENT_HUGE);
      complete = true;
    } finally {
      if (!complete) {
        routines.close();
      }
    }
    start = MemorySegment.ofAddress(routines.entry(code.start()));
    resume = MemorySegment.ofAddress(routines.entry(code.resume()));
    mark = MemorySegment.ofAddress(routines.entry(code.mark()));
    byte[] tables = code.tables();
    MemorySegment.copy(tables, 0, memory.segment(), JAVA_BYTE, 0, tables.length);
    state = memory.segment().asSlice(tables.length);
    EncoderState.initialize(state, memory.segment().address());
  }

  /** The most that the code of a program can take, whatever its instructions are. */
  static int maxBytes(TemplateTable table, RoundingCode rounding, int programSize) {
    int longest = Math.max(table.maxBytes(), Math.max(table.maxBranchBytes(), rounding.maxBytes()));
    int copies = rounding.isEmbedded() ? MODES : 1;
    return rounding.dispatchBytes() + copies * (programSize * longest + LONG_JUMP_BYTES);
  }

  /**
   * Encodes a program.
   *
   * @param program the program buffer, outside the heap
   * @param code where to write
   * @param body where in {@code code} the program begins; there is room for {@link #maxBytes} and
   *     {@link #OVERRUN_BYTES}
   * @param epilogue where in {@code code} it goes on after the program
   * @param lanes the lanes' memory, which gets the reciprocals of IMUL_RCP
   * @param lane the offset of the lane that the code refers to
   * @param targets the offset of what CFROUND jumps by
   * @param mode the rounding mode with which the program begins
   */
  void encode(
      MemorySegment program,
      MemorySegment code,
      int body,
      int epilogue,
      MemorySegment lanes,
      int lane,
      int targets,
      int mode) {
    roundTargetCount = 0;
    long begin = (long) body + rounding.dispatchBytes();
    long words = program.address() + (long) ProgramConfiguration.WORDS * Long.BYTES;
    long place = (long) lane + LaneLayout.RECIPROCALS;
    EncoderState.set(state, EncoderState.WORDS, words);
    EncoderState.set(state, EncoderState.WORDS_END, words + (long) programSize * Long.BYTES);
    EncoderState.set(state, EncoderState.POSITION, code.address() + begin);
    EncoderState.set(state, EncoderState.ROUNDINGS, roundingList());
    EncoderState.set(state, EncoderState.RECIPROCALS, lanes.address() + place);
    EncoderState.set(state, EncoderState.PLACE, place);
    long stopped = NativeCall.call(start, state.address());
    while (stopped != 0) {
      writeRound(program, code, body, lane, targets);
      stopped = NativeCall.call(resume, state.address());
    }
    long end = EncoderState.get(state, EncoderState.POSITION) - code.address();
    code.set(JAVA_BYTE, end, (byte) 0xE9);
    code.set(JAVA_INT_UNALIGNED, end + 1, (int) (epilogue - (end + LONG_JUMP_BYTES)));
    end += LONG_JUMP_BYTES;
    copyBytes = (int) (end - begin);
    length = (int) (end - body);
    if (rounding.isEmbedded()) {
      embedRounding(code, body, lane, mode);
    }
    if (length > maxBytes) {
      throw new IllegalStateException("code length=%d, maximum=%d".formatted(length, maxBytes));
    }
  }

  private long roundingList() {
    return state.address() + EncoderState.ROUNDING_LIST;
  }

  /** The CFROUND before which {@link EncoderCode} stopped. */
  private void writeRound(
      MemorySegment program, MemorySegment code, int body, int lane, int targets) {
    long next = EncoderState.get(state, EncoderState.WORDS) - program.address();
    long word = program.get(JAVA_LONG, next - Long.BYTES);
    long end =
        rounding.write(
            code,
            EncoderState.get(state, EncoderState.POSITION) - code.address(),
            (int) (word >>> 16) & 7,
            (int) (word >>> 32),
            lane,
            targets + roundTargetCount * LaneLayout.TARGETS_BYTES);
    EncoderState.set(state, EncoderState.POSITION, code.address() + end);
    roundTargets[roundTargetCount++] = (int) (end - body);
  }

  private void embedRounding(MemorySegment code, int body, int lane, int mode) {
    if (roundTargetCount == 0) {
      rounding.writeNoDispatch(code, body);
      setMode(0, mode);
      return;
    }
    rounding.writeDispatch(code, body, lane);
    long begin = (long) body + rounding.dispatchBytes();
    long jump = begin + copyBytes - Integer.BYTES;
    int distance = code.get(JAVA_INT_UNALIGNED, jump);
    for (int copy = 1; copy < MODES; copy++) {
      int offset = copy * copyBytes;
      MemorySegment.copy(code, begin, code, begin + offset, copyBytes);
      setMode(offset, copy);
      code.set(JAVA_INT_UNALIGNED, jump + offset, distance - offset);
    }
    length = rounding.dispatchBytes() + MODES * copyBytes;
  }

  /** Makes the rounding instructions of a copy round in a mode. */
  private void setMode(int copyOffset, int mode) {
    if (mode != 0) {
      NativeCall.call(
          mark,
          roundingList(),
          EncoderState.get(state, EncoderState.ROUNDINGS),
          copyOffset,
          mode << ROUNDING_MODE_SHIFT | ROUNDS);
    }
  }

  /** The length of the last program's code in bytes. */
  int length() {
    return length;
  }

  /** How many CFROUND the program has, if it has a copy for each mode; else 0. */
  int roundTargetCount() {
    return rounding.isEmbedded() ? roundTargetCount : 0;
  }

  /** Where the code goes on after a CFROUND, in the copy for mode 0, counted from the body. */
  int roundTarget(int index) {
    return roundTargets[index];
  }

  /** Where the copy for mode 0 begins, counted from the body. */
  int copyStart() {
    return rounding.dispatchBytes();
  }

  /** The distance from a copy to the one for the next mode. */
  int copyBytes() {
    return copyBytes;
  }

  @Override
  public void close() {
    try (memory) {
      routines.close();
    }
  }
}
