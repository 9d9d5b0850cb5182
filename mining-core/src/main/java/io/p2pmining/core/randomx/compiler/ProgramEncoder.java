package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.randomx.compiler.TemplateTable.ALSO_CHANGED_SHIFT;
import static io.p2pmining.core.randomx.compiler.TemplateTable.CHANGED_SHIFT;
import static io.p2pmining.core.randomx.compiler.TemplateTable.IMMEDIATE_SHIFT;
import static io.p2pmining.core.randomx.compiler.TemplateTable.LENGTH_MASK;
import static io.p2pmining.core.randomx.compiler.TemplateTable.OFFSET_MASK;
import static io.p2pmining.core.randomx.compiler.TemplateTable.REGISTER_MASK;
import static io.p2pmining.core.randomx.compiler.TemplateTable.ROUNDING_SHIFT;
import static io.p2pmining.core.randomx.compiler.TemplateTable.ROUNDS_SHIFT;
import static io.p2pmining.core.randomx.compiler.TemplateTable.SPECIAL_SHIFT;

import io.p2pmining.core.randomx.program.ProgramConfiguration;
import io.p2pmining.core.randomx.superscalar.Reciprocal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Writes the machine code of one program after the other into an array of bytes. Belongs to one
 * thread; allocates nothing after construction.
 *
 * <p>An instruction is a copy of its template, four words long whatever its length: the next one
 * overwrites what is too much, and where an instruction has no immediate one is written all the
 * same, behind it. Only CBRANCH, IMUL_RCP and CFROUND are told apart by a branch.
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
final class ProgramEncoder {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MODES = 4;
  private static final int LONG_JUMP_BYTES = 5;
  private static final int SHORT_BRANCH_BYTES = 2;

  /** What is written beyond the end of the last instruction: a whole template, or an immediate. */
  private static final int OVERRUN_BYTES = TemplateTable.TEMPLATE_BYTES + Integer.BYTES;

  private final TemplateTable table;
  private final RoundingCode rounding;
  private final int programSize;
  private final int maxBytes;
  private final byte[] code;

  /** By register, the position behind the instruction that changed it last. */
  private final int[] changedAt = new int[REGISTER_MASK + 1];

  /** The position behind the last CBRANCH, which counts as changing every register. */
  private int afterBranch;

  private final int[] roundingBytes;
  private final int[] roundTargets;
  private final long[] reciprocals;
  private int roundingByteCount;
  private int roundTargetCount;
  private int reciprocalCount;
  private int copyBytes;
  private int length;

  ProgramEncoder(TemplateTable table, RoundingCode rounding, int programSize) {
    this.table = table;
    this.rounding = rounding;
    this.programSize = programSize;
    this.maxBytes = maxBytes(table, rounding, programSize);
    this.code = new byte[maxBytes + OVERRUN_BYTES];
    this.roundingBytes = new int[programSize + 1];
    this.roundTargets = new int[programSize];
    this.reciprocals = new long[programSize];
  }

  /** The most that the code of a program can take, whatever its instructions are. */
  static int maxBytes(TemplateTable table, RoundingCode rounding, int programSize) {
    int longest = Math.max(table.maxBytes(), Math.max(table.maxBranchBytes(), rounding.maxBytes()));
    int copies = rounding.isEmbedded() ? MODES : 1;
    return rounding.dispatchBytes() + copies * (programSize * longest + LONG_JUMP_BYTES);
  }

  /**
   * Encodes the program in a program buffer.
   *
   * @param lane which lane's memory the code refers to
   * @param mode the rounding mode with which it begins
   * @param epilogue where the epilogue begins, counted from the beginning of this code
   */
  void encode(long[] buffer, LaneLayout layout, int lane, int mode, int epilogue) {
    roundingByteCount = 0;
    roundTargetCount = 0;
    reciprocalCount = 0;
    int start = rounding.dispatchBytes();
    int end = encodeInstructions(buffer, layout, lane, start);
    code[end] = (byte) 0xE9;
    INTS.set(code, end + 1, epilogue - (end + LONG_JUMP_BYTES));
    end += LONG_JUMP_BYTES;
    copyBytes = end - start;
    length = end;
    if (rounding.isEmbedded()) {
      embedRounding(layout, lane, mode, start);
    }
    if (length > maxBytes) {
      throw new IllegalStateException("code length=%d, maximum=%d".formatted(length, maxBytes));
    }
  }

  private int encodeInstructions(long[] buffer, LaneLayout layout, int lane, int start) {
    byte[] out = code;
    long[] templates = table.words;
    int[] first = table.first;
    int[] kind = table.kind;
    byte[] modClass = table.modClass;
    int[] changed = changedAt;
    int[] rounds = roundingBytes;
    int roundCount = 0;
    Arrays.fill(changed, start);
    afterBranch = start;
    int position = start;
    for (int i = 0; i < programSize; i++) {
      long word = buffer[ProgramConfiguration.WORDS + i];
      int low = (int) word;
      int opcodeByte = low & 0xff;
      int template =
          first[opcodeByte]
              + (modClass[kind[opcodeByte] + (low >>> 24)] << 6)
              + (low >>> 5 & 0x38)
              + (low >>> 16 & 7);
      int from = template * TemplateTable.TEMPLATE_WORDS;
      long maskAndFacts = templates[from + TemplateTable.FACTS_WORD];
      LONGS.set(out, position + 24, templates[from + 3]);
      LONGS.set(out, position, templates[from]);
      LONGS.set(out, position + 8, templates[from + 1]);
      LONGS.set(out, position + 16, templates[from + 2]);
      int fact = (int) maskAndFacts;
      int immediate = (int) (word >>> 32);
      INTS.set(
          out,
          position + (fact >>> IMMEDIATE_SHIFT & OFFSET_MASK),
          immediate & (int) (maskAndFacts >>> 32));
      rounds[roundCount] = position + (fact >>> ROUNDING_SHIFT & OFFSET_MASK);
      roundCount += fact >>> ROUNDS_SHIFT & 1;
      int special = fact >>> SPECIAL_SHIFT;
      if (special == TemplateTable.SPECIAL_NONE) {
        position += fact & LENGTH_MASK;
        changed[fact >>> CHANGED_SHIFT & REGISTER_MASK] = position;
        changed[fact >>> ALSO_CHANGED_SHIFT & REGISTER_MASK] = position;
      } else {
        position = encodeSpecial(special, low, immediate, position, fact, layout, lane);
      }
    }
    roundingByteCount = roundCount;
    return position;
  }

  private int encodeSpecial(
      int special, int low, int immediate, int position, int fact, LaneLayout layout, int lane) {
    int dst = low >>> 8 & 7;
    return switch (special) {
      case TemplateTable.SPECIAL_BRANCH -> branch(position, fact, dst, low >>> 28, immediate);
      case TemplateTable.SPECIAL_RECIPROCAL ->
          multiplyByReciprocal(position, fact, dst, immediate, layout, lane);
      default -> round(position, low >>> 16 & 7, immediate, layout, lane);
    };
  }

  /** Section 5.4.2. The cleared bit below the set one makes a second jump in a row impossible. */
  private int branch(int position, int fact, int dst, int condition, int immediate) {
    int shift = condition + InstructionCode.JUMP_OFFSET;
    int fixed = (immediate | 1 << shift) & ~(1 << (shift - 1));
    INTS.set(code, position + (fact >>> IMMEDIATE_SHIFT & OFFSET_MASK), fixed);
    int jump = position + (fact & LENGTH_MASK);
    int target = Math.max(changedAt[dst], afterBranch);
    int distance = target - (jump + SHORT_BRANCH_BYTES);
    int end;
    if (distance >= Byte.MIN_VALUE) {
      code[jump] = 0x74;
      code[jump + 1] = (byte) distance;
      end = jump + SHORT_BRANCH_BYTES;
    } else {
      code[jump] = 0x0F;
      code[jump + 1] = (byte) 0x84;
      end = jump + TemplateTable.LONG_BRANCH_BYTES;
      INTS.set(code, jump + 2, target - end);
    }
    afterBranch = end;
    return end;
  }

  private int multiplyByReciprocal(
      int position, int fact, int dst, int divisor, LaneLayout layout, int lane) {
    if (Reciprocal.isUndefinedFor(divisor)) {
      return position;
    }
    int place = layout.lane(lane) + LaneLayout.RECIPROCALS + reciprocalCount * Long.BYTES;
    reciprocals[reciprocalCount++] = Reciprocal.of(divisor);
    INTS.set(code, position + (fact >>> IMMEDIATE_SHIFT & OFFSET_MASK), place);
    int end = position + (fact & LENGTH_MASK);
    changedAt[dst] = end;
    return end;
  }

  private int round(int position, int src, int immediate, LaneLayout layout, int lane) {
    int targets = layout.lane(lane) + layout.targets();
    int end =
        rounding.write(
            code,
            position,
            src,
            immediate,
            layout.lane(lane),
            targets + roundTargetCount * LaneLayout.TARGETS_BYTES);
    roundTargets[roundTargetCount++] = end;
    return end;
  }

  private void embedRounding(LaneLayout layout, int lane, int mode, int start) {
    if (roundTargetCount == 0) {
      rounding.writeNoDispatch(code);
      setMode(0, mode);
      return;
    }
    rounding.writeDispatch(code, layout.lane(lane));
    int jump = start + copyBytes - Integer.BYTES;
    int distance = (int) INTS.get(code, jump);
    for (int copy = 1; copy < MODES; copy++) {
      System.arraycopy(code, start, code, start + copy * copyBytes, copyBytes);
      setMode(copy * copyBytes, copy);
      INTS.set(code, jump + copy * copyBytes, distance - copy * copyBytes);
    }
    length = start + MODES * copyBytes;
  }

  /** Makes the rounding instructions of a copy round in a mode. */
  private void setMode(int copyOffset, int mode) {
    if (mode == 0) {
      return;
    }
    byte bits = (byte) (mode << 5 | 0x10);
    for (int i = 0; i < roundingByteCount; i++) {
      code[copyOffset + roundingBytes[i]] |= bits;
    }
  }

  /** Whether the rounding mode is in the code and not in MXCSR. */
  boolean embedsRounding() {
    return rounding.isEmbedded();
  }

  /** The code; its first {@link #length} bytes count. */
  byte[] code() {
    return code;
  }

  int length() {
    return length;
  }

  /** How many reciprocals the program multiplies by. */
  int reciprocalCount() {
    return reciprocalCount;
  }

  /** The constants that belong into the lane's memory. */
  long[] reciprocals() {
    return reciprocals;
  }

  /** How many CFROUND the program has, if it has a copy for each mode; else 0. */
  int roundTargetCount() {
    return rounding.isEmbedded() ? roundTargetCount : 0;
  }

  /** Where the code goes on after a CFROUND, in the copy for mode 0. */
  int roundTarget(int index) {
    return roundTargets[index];
  }

  /** Where the copy for mode 0 begins. */
  int copyStart() {
    return rounding.dispatchBytes();
  }

  /** The distance from a copy to the one for the next mode. */
  int copyBytes() {
    return copyBytes;
  }
}
