package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import io.p2pmining.core.x86.Assembler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The machine code of every instruction that there can be, ready to be copied, in the tables that
 * {@link EncoderCode} reads. Immutable once built.
 *
 * <p>An instruction word chooses a template by its opcode byte, its two register numbers and the
 * class of its mod byte:
 *
 * <pre>
 *   template = first of the opcode byte + classes[first class of the opcode byte + mod] + 8 × dst + src
 *
 *   bytes  0        32        36       37        38         39       40        41      42        43
 *         +--------+---------+--------+---------+----------+--------+---------+-------+---------+----
 *         | code   | mask of | length | offset  | offset   | bytes  | changed | also  | special | 0
 *         |        | the imm |        | of imm  | of rc    | in list| register| changed         |
 *         +--------+---------+--------+---------+----------+--------+---------+-------+---------+----
 * </pre>
 *
 * <p>The offset of the immediate is the length where there is none: it is then written where the
 * next instruction goes. The offset of rc is that of the byte in which an EVEX prefix has its
 * rounding mode; only where there is one it takes room in the list. Registers are counted in bytes
 * of the list of changes. Where fewer than two change, the rest is {@link #NO_REGISTER}.
 */
final class TemplateTable {

  /** The bytes that a template has room for; code that needs more is not in the table. */
  static final int TEMPLATE_BYTES = 32;

  /** The distance from a template to the next. */
  static final int STRIDE = 48;

  static final int IMMEDIATE_MASK = 32;
  static final int LENGTH = 36;
  static final int IMMEDIATE_OFFSET = 37;
  static final int ROUNDING_OFFSET = 38;
  static final int ROUNDING_BYTES = 39;
  static final int CHANGED = 40;
  static final int ALSO_CHANGED = 41;
  static final int SPECIAL = 42;

  /** The bit that tells opcodes whose templates are special. */
  static final int SPECIAL_OPCODE = Integer.MIN_VALUE;

  static final int SPECIAL_NONE = 0;
  static final int SPECIAL_BRANCH = 1;
  static final int SPECIAL_RECIPROCAL = 2;
  static final int SPECIAL_ROUND = 3;
  private static final int NO_REGISTER = 8;

  /** A jump on a condition over more than 128 bytes, which follows the template of CBRANCH. */
  static final int LONG_BRANCH_BYTES = 6;

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int BYTE_VALUES = 256;
  private static final int REGISTERS = 8;
  private static final int REGISTER_PAIRS = REGISTERS * REGISTERS;
  private static final int ROTATION_MASK = 63;

  /** The last byte of an EVEX prefix, counted from the end of a register-to-register form. */
  private static final int EVEX_LAST_PREFIX_BYTE = 3;

  private final int[] opcodes = new int[2 * BYTE_VALUES];
  private final int[] modClasses = new int[ModClass.values().length * BYTE_VALUES];
  private final byte[] templates;

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
    templates = new byte[count * STRIDE];
    for (Map.Entry<Opcode, Integer> start : starts.entrySet()) {
      fill(start.getKey(), start.getValue());
    }
    for (int opcodeByte = 0; opcodeByte < BYTE_VALUES; opcodeByte++) {
      Opcode opcode = frequencies.opcode(opcodeByte);
      opcodes[2 * opcodeByte] = starts.getOrDefault(opcode, 0);
      int classes = ModClass.of(opcode).ordinal() * BYTE_VALUES;
      opcodes[2 * opcodeByte + 1] =
          special(opcode) == SPECIAL_NONE ? classes : classes | SPECIAL_OPCODE;
    }
    for (ModClass modKind : ModClass.values()) {
      for (int mod = 0; mod < BYTE_VALUES; mod++) {
        modClasses[modKind.ordinal() * BYTE_VALUES + mod] = modKind.of(mod) * REGISTER_PAIRS;
      }
    }
  }

  /** The templates, {@link #STRIDE} bytes each. */
  byte[] templates() {
    return templates;
  }

  /**
   * By opcode byte, the first template, then where its classes of mod bytes begin, with {@link
   * #SPECIAL_OPCODE} if its templates are special.
   */
  int[] opcodes() {
    return opcodes;
  }

  /** By what the mod byte decides and mod byte, how many templates to go on. */
  int[] modClasses() {
    return modClasses;
  }

  /** The longest template. */
  int maxBytes() {
    return starts().map(at -> templates[at + LENGTH]).max().orElse(0);
  }

  /** The longest CBRANCH, with its jump. */
  int maxBranchBytes() {
    return LONG_BRANCH_BYTES
        + starts()
            .filter(at -> templates[at + SPECIAL] == SPECIAL_BRANCH)
            .map(at -> templates[at + LENGTH])
            .max()
            .orElse(0);
  }

  private IntStream starts() {
    return IntStream.iterate(0, at -> at < templates.length, at -> at + STRIDE);
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
    int mask = rotation ? ROTATION_MASK : isWholeAddress(opcode, dst, src) ? sizes.l3Mask() : -1;
    boolean rounds = InstructionCode.rounds(opcode);
    int at = template * STRIDE;
    System.arraycopy(bytes, 0, templates, at, bytes.length);
    INTS.set(templates, at + IMMEDIATE_MASK, mask);
    set(at + LENGTH, bytes.length);
    set(at + IMMEDIATE_OFFSET, immediate >= 0 ? immediate : bytes.length);
    set(at + ROUNDING_OFFSET, rounds ? bytes.length - EVEX_LAST_PREFIX_BYTE : 0);
    set(at + ROUNDING_BYTES, rounds ? Long.BYTES : 0);
    set(at + CHANGED, changed(opcode, dst, src) * Long.BYTES);
    set(at + ALSO_CHANGED, alsoChanged(opcode, dst, src) * Long.BYTES);
    set(at + SPECIAL, special(opcode));
  }

  private void set(int at, int value) {
    templates[at] = (byte) value;
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
