package io.p2pmining.core.randomx.compiler;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What {@link EncoderCode} works on while it encodes one program, outside the heap. Owned by one
 * thread.
 *
 * <pre>
 *     0  next instruction word, 8        8  end of the words, 8
 *    16  where code is written, 8       24  templates, 8
 *    32  opcode bytes, 8                40  classes of mod bytes, 8
 *    48  next place in the list of rounding bytes, 8
 *    56  next reciprocal, 8             64  its distance from the lanes' memory, 8
 *    72  by register, the position behind the instruction that changed it last, 9 × 8
 *   144  by condition of CBRANCH, which bits of the immediate to keep, then which to add, 16 × 8
 *   272  the list of rounding bytes: their addresses, 8 each
 * </pre>
 */
final class EncoderState {

  static final int WORDS = 0;
  static final int WORDS_END = 8;
  static final int POSITION = 16;
  static final int TEMPLATES = 24;
  static final int OPCODES = 32;
  static final int MOD_CLASSES = 40;
  static final int ROUNDINGS = 48;
  static final int RECIPROCALS = 56;
  static final int PLACE = 64;
  static final int CHANGED = 72;
  static final int CONDITIONS = 144;
  static final int ROUNDING_LIST = 272;

  private static final int CONDITION_COUNT = 16;

  private EncoderState() {}

  /** The size of the state for programs of so many instructions. */
  static long byteSize(int programSize) {
    return ROUNDING_LIST + (programSize + 1L) * Long.BYTES;
  }

  /** Writes what is the same for all programs. */
  static void initialize(MemorySegment state, long tables, EncoderCode code) {
    set(state, TEMPLATES, tables + code.templates());
    set(state, OPCODES, tables + code.opcodes());
    set(state, MOD_CLASSES, tables + code.modClasses());
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
