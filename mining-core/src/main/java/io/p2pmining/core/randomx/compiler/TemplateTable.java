package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import io.p2pmining.core.x86.Assembler;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The machine code of every instruction that there can be, ready to be copied. Immutable once
 * built; shared by all threads.
 *
 * <p>An instruction word chooses a template by its opcode byte, its two register numbers and the
 * class of its mod byte:
 *
 * <pre>
 *   template = first[opcode byte] + 64 × modClass[kind[opcode byte] + mod] + 8 × dst + src
 *
 *   words    0 to 3: the code; 4: the mask of the immediate in the high half, facts in the low one
 *
 *   facts    bit 0        7        13       19      20        24        28     30
 *           +--------+--------+--------+-------+---------+---------+---------+
 *           | length | offset | offset | rounds| register| register| special |
 *           |        | of imm | of rc  |       | changed | changed | kind    |
 *           +--------+--------+--------+-------+---------+---------+---------+
 * </pre>
 *
 * <p>The offset of the immediate is the length where there is none: it is then written where the
 * next instruction goes. The offset of rc is that of the byte in which an EVEX prefix has its
 * rounding mode. Where fewer than two registers change, the rest is {@link #NO_REGISTER}.
 */
final class TemplateTable {

  /** The bytes that a template has room for; code that needs more is not in the table. */
  static final int TEMPLATE_BYTES = 32;

  /** The words of code, and one for the mask of the immediate and the facts. */
  static final int TEMPLATE_WORDS = TEMPLATE_BYTES / Long.BYTES + 1;

  /** Which word of a template has the mask and the facts. */
  static final int FACTS_WORD = TEMPLATE_WORDS - 1;

  static final int LENGTH_MASK = 127;
  static final int IMMEDIATE_SHIFT = 7;
  static final int ROUNDING_SHIFT = 13;
  static final int OFFSET_MASK = 63;
  static final int ROUNDS_SHIFT = 19;
  static final int CHANGED_SHIFT = 20;
  static final int ALSO_CHANGED_SHIFT = 24;
  static final int REGISTER_MASK = 15;
  static final int SPECIAL_SHIFT = 28;
  static final int SPECIAL_NONE = 0;
  static final int SPECIAL_BRANCH = 1;
  static final int SPECIAL_RECIPROCAL = 2;
  static final int SPECIAL_ROUND = 3;
  static final int NO_REGISTER = 8;

  /** A jump on a condition over more than 128 bytes, which follows the template of CBRANCH. */
  static final int LONG_BRANCH_BYTES = 6;

  private static final int BYTE_VALUES = 256;
  private static final int REGISTERS = 8;
  private static final int REGISTER_PAIRS = REGISTERS * REGISTERS;
  private static final int ROTATION_MASK = 63;

  /** The last byte of an EVEX prefix, counted from the end of a register-to-register form. */
  private static final int EVEX_LAST_PREFIX_BYTE = 3;

  final int[] first = new int[BYTE_VALUES];
  final int[] kind = new int[BYTE_VALUES];
  final byte[] modClass = new byte[ModClass.values().length * BYTE_VALUES];
  final long[] words;

  private final InstructionCode instructions;
  private final ScratchpadSizes sizes;

  TemplateTable(
      InstructionCode instructions, InstructionFrequencies frequencies, ScratchpadSizes sizes) {
    this.instructions = instructions;
    this.sizes = sizes;
    Map<Opcode, Integer> starts = new EnumMap<>(Opcode.class);
    int count = 0;
    for (Opcode opcode : Opcode.values()) {
      starts.put(opcode, count);
      count += ModClass.of(opcode).count * REGISTER_PAIRS;
    }
    words = new long[count * TEMPLATE_WORDS];
    for (Map.Entry<Opcode, Integer> start : starts.entrySet()) {
      fill(start.getKey(), start.getValue());
    }
    for (int opcodeByte = 0; opcodeByte < BYTE_VALUES; opcodeByte++) {
      Opcode opcode = frequencies.opcode(opcodeByte);
      first[opcodeByte] = starts.getOrDefault(opcode, 0);
      kind[opcodeByte] = ModClass.of(opcode).ordinal() * BYTE_VALUES;
    }
    for (ModClass modKind : ModClass.values()) {
      for (int mod = 0; mod < BYTE_VALUES; mod++) {
        modClass[modKind.ordinal() * BYTE_VALUES + mod] = (byte) modKind.of(mod);
      }
    }
  }

  /** The longest template. */
  int maxBytes() {
    return facts().map(fact -> fact & LENGTH_MASK).max().orElse(0);
  }

  /** The longest CBRANCH, with its jump. */
  int maxBranchBytes() {
    return LONG_BRANCH_BYTES
        + facts()
            .filter(fact -> fact >>> SPECIAL_SHIFT == SPECIAL_BRANCH)
            .map(fact -> fact & LENGTH_MASK)
            .max()
            .orElse(0);
  }

  private IntStream facts() {
    return IntStream.iterate(FACTS_WORD, at -> at < words.length, at -> at + TEMPLATE_WORDS)
        .map(at -> (int) words[at]);
  }

  private void fill(Opcode opcode, int start) {
    for (int modClass = 0; modClass < ModClass.of(opcode).count; modClass++) {
      for (int pair = 0; pair < REGISTER_PAIRS; pair++) {
        fill(opcode, pair / REGISTERS, pair % REGISTERS, modClass, start + pair);
      }
      start += REGISTER_PAIRS;
    }
  }

  private void fill(Opcode opcode, int dst, int src, int modClass, int template) {
    Assembler asm = new Assembler();
    instructions.write(asm, opcode, dst, src, modClass);
    byte[] bytes = asm.toByteArray();
    if (bytes.length > TEMPLATE_BYTES) {
      throw new IllegalStateException("too long: opcode=" + opcode + ", length=" + bytes.length);
    }
    boolean rotation = isRotationByImmediate(opcode, dst, src);
    int immediate = rotation ? bytes.length - 1 : offsetOfImmediate(bytes);
    if (immediate >= 0) {
      Arrays.fill(bytes, immediate, rotation ? immediate + 1 : immediate + Integer.BYTES, (byte) 0);
    }
    for (int i = 0; i < bytes.length; i++) {
      words[template * TEMPLATE_WORDS + i / Long.BYTES] |=
          (bytes[i] & 0xffL) << (i % Long.BYTES * Byte.SIZE);
    }
    int mask = rotation ? ROTATION_MASK : isWholeAddress(opcode, dst, src) ? sizes.l3Mask() : -1;
    int rounding = InstructionCode.rounds(opcode) ? bytes.length - EVEX_LAST_PREFIX_BYTE : 0;
    int facts =
        bytes.length
            | (immediate >= 0 ? immediate : bytes.length) << IMMEDIATE_SHIFT
            | rounding << ROUNDING_SHIFT
            | (rounding > 0 ? 1 : 0) << ROUNDS_SHIFT
            | changed(opcode, dst, src) << CHANGED_SHIFT
            | alsoChanged(opcode, dst, src) << ALSO_CHANGED_SHIFT
            | special(opcode) << SPECIAL_SHIFT;
    words[template * TEMPLATE_WORDS + FACTS_WORD] = (long) mask << Integer.SIZE | facts;
  }

  private static boolean isRotationByImmediate(Opcode opcode, int dst, int src) {
    return src == dst && (opcode == Opcode.IROR_R || opcode == Opcode.IROL_R);
  }

  private static boolean isWholeAddress(Opcode opcode, int dst, int src) {
    return switch (opcode) {
      case IADD_M, ISUB_M, IMUL_M, IMULH_M, ISMULH_M, IXOR_M -> src == dst;
      default -> false;
    };
  }

  private static int offsetOfImmediate(byte[] bytes) {
    byte part = (byte) InstructionCode.IMMEDIATE;
    for (int i = 0; i + Integer.BYTES <= bytes.length; i++) {
      if (bytes[i] == part
          && bytes[i + 1] == part
          && bytes[i + 2] == part
          && bytes[i + 3] == part) {
        return i;
      }
    }
    return -1;
  }

  private static int changed(Opcode opcode, int dst, int src) {
    return switch (opcode) {
      case IADD_RS,
          IADD_M,
          ISUB_R,
          ISUB_M,
          IMUL_R,
          IMUL_M,
          IMULH_R,
          IMULH_M,
          ISMULH_R,
          ISMULH_M,
          INEG_R,
          IXOR_R,
          IXOR_M,
          IROR_R,
          IROL_R ->
          dst;
      case ISWAP_R -> src == dst ? NO_REGISTER : dst;
      case IMUL_RCP,
          FSWAP_R,
          FADD_R,
          FADD_M,
          FSUB_R,
          FSUB_M,
          FSCAL_R,
          FMUL_R,
          FDIV_M,
          FSQRT_R,
          CBRANCH,
          CFROUND,
          ISTORE,
          NOP ->
          NO_REGISTER;
    };
  }

  private static int alsoChanged(Opcode opcode, int dst, int src) {
    return opcode == Opcode.ISWAP_R && src != dst ? src : NO_REGISTER;
  }

  private static int special(Opcode opcode) {
    return switch (opcode) {
      case CBRANCH -> SPECIAL_BRANCH;
      case IMUL_RCP -> SPECIAL_RECIPROCAL;
      case CFROUND -> SPECIAL_ROUND;
      default -> SPECIAL_NONE;
    };
  }
}
