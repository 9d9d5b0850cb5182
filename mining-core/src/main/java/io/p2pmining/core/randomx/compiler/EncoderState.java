package io.p2pmining.core.randomx.compiler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@link EncoderCode} works on while it encodes one program, outside the heap. Owned by one
 * thread.
 *
 * <pre>
 *     0  next instruction word, 8        8  end of the words, 8
 *    16  where code is written, 8       24  tables, 8
 *    32  next place in the list of rounding bytes, 8
 *    40  next reciprocal, 8             48  its distance from the lanes' memory, 8
 *    64  by register, the position behind the instruction that changed it last, 8 × 16;
 *        then as much that nothing reads
 *   320  by condition of CBRANCH, which bits of the immediate to keep, then which to add, 16 × 8
 *   448  the list of rounding bytes: their addresses, 8 each
 * </pre>
 */
final class EncoderState {

  static final int WORDS = 0;
  static final int WORDS_END = 8;
  static final int POSITION = 16;
  static final int TABLES = 24;
  static final int ROUNDINGS = 32;
  static final int RECIPROCALS = 40;
  static final int PLACE = 48;
  static final int CHANGED = 64;
  static final int CONDITIONS = CHANGED + 2 * TemplateTable.UNCHANGED;
  static final int ROUNDING_LIST = 448;

  private static final int CONDITION_COUNT = 16;

  private EncoderState() {}

  /** The size of the state for programs of so many instructions. */
  static long byteSize(int programSize) {
    return ROUNDING_LIST + (programSize + 1L) * Long.BYTES;
  }

  /** Writes what is the same for all programs. */
  static void initialize(MemorySegment state, long tables) {
    set(state, TABLES, tables);
    for (int condition = 0; condition < CONDITION_COUNT; condition++) {
      int at = CONDITIONS + condition * Long.BYTES;
      int set = 1 << condition + InstructionCode.JUMP_OFFSET;
      state.set(ValueLayout.JAVA_INT, at, ~(set | set >>> 1));
      state.set(ValueLayout.JAVA_INT, at + Integer.BYTES, set);
    }
  }

  static void set(MemorySegment state, int field, long value) {
    state.set(ValueLayout.JAVA_LONG, field, value);
  }

  static long get(MemorySegment state, int field) {
    return state.get(ValueLayout.JAVA_LONG, field);
  }
}
