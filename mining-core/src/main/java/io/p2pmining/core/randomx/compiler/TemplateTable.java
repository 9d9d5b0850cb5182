package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.program.InstructionFrequencies;
import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import io.p2pmining.core.x86.Assembler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/**
 * The machine code of every kind of instruction, ready to be copied, in the tables that {@link
 * EncoderCode} reads. They are small enough for the first level of the cache, since register
 * numbers are not in the templates but put in when they are copied. Immutable once built.
 *
 * <p>An instruction word chooses a template by its opcode byte, the class of its mod byte and the
 * form that its register numbers take:
 *
 * <pre>
 *   entry    = entries + 8 × opcodes[opcode byte]
 *   template = first of the entry + tables[mods of the entry + mod]
 *                                 + tables[forms of the entry + 16 × dst + src]
 *   code     = code of the template ^ numbers[dst] &amp; bits of dst ^ numbers[src] &amp; bits of src
 *
 *   bytes  0       32           64           80         84       85       86       87      88        89        90
 *         +-------+------------+------------+----------+--------+--------+--------+-------+---------+---------+---------+----
 *         | code  | where dst  | where src  | mask of  | length | offset | offset | bytes | dst     | src     | special | 0
 *         |       | goes       | goes       | the imm  |        | of imm | of rc  | listed| changes | changes |         |
 *         +-------+------------+------------+----------+--------+--------+--------+-------+---------+---------+---------+----
 * </pre>
 *
 * <p>All places of a register number are three bits of a byte, from bit 0 or bit 3 on, so {@code
 * numbers} has it there in every byte. The offset of the immediate is the length where there is
 * none: it is then written where the next instruction goes. The offset of rc is that of the byte in
 * which an EVEX prefix has its rounding mode; only where there is one it takes room in the list.
 */
final class TemplateTable {

  /** The bytes that a template has room for; code that needs more is not in the table. */
  static final int TEMPLATE_BYTES = 32;

  /** The distance from a template to the next. */
  static final int STRIDE = 96;

  static final int DST_BITS = 32;
  static final int SRC_BITS = 64;

  /** Src has its places in the first bytes of the code only. */
  private static final int SRC_BYTES = 16;

  static final int IMMEDIATE_MASK = 80;
  static final int LENGTH = 84;
  static final int IMMEDIATE_OFFSET = 85;
  static final int ROUNDING_OFFSET = 86;
  static final int ROUNDING_BYTES = 87;
  static final int DST_CHANGES = 88;
  static final int SRC_CHANGES = 89;
  static final int SPECIAL = 90;

  static final int SPECIAL_NONE = 0;
  static final int SPECIAL_BRANCH = 1;
  static final int SPECIAL_RECIPROCAL = 2;
  static final int SPECIAL_ROUND = 3;

  /** The bit of {@link #FIRST} that tells opcodes whose templates are special. */
  static final int SPECIAL_OPCODE = Integer.MIN_VALUE;

  /** What counts in the lists of numbers and of changes: as far as one register from the next. */
  static final int REGISTER_BYTES = 16;

  /** As far in the list of changes as no register is. */
  static final int UNCHANGED = 8 * REGISTER_BYTES;

  /** A jump on a condition over more than 128 bytes, which follows the template of CBRANCH. */
  static final int LONG_BRANCH_BYTES = 6;

  private static final int BYTE_VALUES = 256;
  private static final int REGISTERS = 8;
  private static final int HIGHEST = REGISTERS - 1;
  private static final int PAIR_BYTES = REGISTERS * REGISTER_BYTES;
  private static final int ENTRY_BYTES = 16;
  private static final int ENTRY_UNIT = 8;
  private static final int ROTATION_MASK = 63;

  static final int OPCODES = 0;
  static final int ENTRIES = OPCODES + BYTE_VALUES;
  static final int NUMBERS = ENTRIES + Opcode.values().length * ENTRY_BYTES;
  private static final int MODS = NUMBERS + REGISTERS * REGISTER_BYTES;
  private static final int FORMS = MODS + ModClass.values().length * BYTE_VALUES;
  static final int TEMPLATES = FORMS + RegisterClass.values().length * PAIR_BYTES;

  // An entry.
  static final int FIRST = ENTRIES;
  static final int ENTRY_MODS = ENTRIES + 4;
  static final int ENTRY_FORMS = ENTRIES + 8;

  /** The last byte of an EVEX prefix, counted from the end of a register-to-register form. */
  private static final int EVEX_LAST_PREFIX_BYTE = 3;

  private final ByteBuffer tables;
  private final InstructionCode instructions;
  private final ScratchpadSizes sizes;

  TemplateTable(
      InstructionCode instructions, InstructionFrequencies frequencies, ScratchpadSizes sizes) {
    this.instructions = instructions;
    this.sizes = sizes;
    int count = 0;
    for (Opcode opcode : Opcode.values()) {
      count += ModClass.of(opcode).count * RegisterClass.of(opcode).forms.size();
    }
    tables = ByteBuffer.allocate(TEMPLATES + count * STRIDE).order(ByteOrder.LITTLE_ENDIAN);
    for (int opcodeByte = 0; opcodeByte < BYTE_VALUES; opcodeByte++) {
      int entry = frequencies.opcode(opcodeByte).ordinal() * ENTRY_BYTES;
      set(OPCODES + opcodeByte, entry / ENTRY_UNIT);
    }
    for (int i = 0; i < REGISTERS * REGISTER_BYTES; i++) {
      set(NUMBERS + i, number(i / REGISTER_BYTES));
    }
    int first = 0;
    for (Opcode opcode : Opcode.values()) {
      first = fill(opcode, first);
    }
  }

  /** The tables; they begin at a multiple of 16. */
  byte[] tables() {
    return tables.array();
  }

  /** The longest template. */
  int maxBytes() {
    return templates().map(at -> tables.get(at + LENGTH)).max().orElse(0);
  }

  /** The longest CBRANCH, with its jump. */
  int maxBranchBytes() {
    return LONG_BRANCH_BYTES
        + templates()
            .filter(at -> tables.get(at + SPECIAL) == SPECIAL_BRANCH)
            .map(at -> tables.get(at + LENGTH))
            .max()
            .orElse(0);
  }

  private IntStream templates() {
    return IntStream.iterate(TEMPLATES, at -> at < tables.capacity(), at -> at + STRIDE);
  }

  /** Returns what comes behind the templates of this opcode. */
  private int fill(Opcode opcode, int first) {
    ModClass mods = ModClass.of(opcode);
    RegisterClass registers = RegisterClass.of(opcode);
    int modsAt = MODS + mods.ordinal() * BYTE_VALUES;
    int formsAt = FORMS + registers.ordinal() * PAIR_BYTES;
    int entry = opcode.ordinal() * ENTRY_BYTES;
    tables.putInt(entry + FIRST, special(opcode) == SPECIAL_NONE ? first : first | SPECIAL_OPCODE);
    tables.putInt(entry + ENTRY_MODS, modsAt);
    tables.putInt(entry + ENTRY_FORMS, formsAt);
    for (int mod = 0; mod < BYTE_VALUES; mod++) {
      set(modsAt + mod, mods.of(mod));
    }
    for (int dst = 0; dst < REGISTERS; dst++) {
      for (int src = 0; src < REGISTERS; src++) {
        set(formsAt + dst * REGISTER_BYTES + src, registers.of(dst, src) * mods.count);
      }
    }
    int next = first;
    for (RegisterClass.Form form : registers.forms) {
      for (int modClass = 0; modClass < mods.count; modClass++) {
        fill(opcode, form, modClass, TEMPLATES + next++ * STRIDE);
      }
    }
    return next;
  }

  private void fill(Opcode opcode, RegisterClass.Form form, int modClass, int at) {
    int dst = form.dst(0);
    int src = form.src(dst, 1);
    byte[] code = code(opcode, form, 0, 1, modClass);
    byte[] dstBits = difference(code, code(opcode, form, HIGHEST, 1, modClass));
    byte[] srcBits =
        difference(code(opcode, form, 1, 0, modClass), code(opcode, form, 1, HIGHEST, modClass));
    for (int i = 0; i < code.length; i++) {
      int numbers = number(dst) & dstBits[i] ^ number(src) & srcBits[i];
      set(at + i, code[i] ^ numbers);
      set(at + DST_BITS + i, dstBits[i]);
      if (i < SRC_BYTES) {
        set(at + SRC_BITS + i, srcBits[i]);
      } else if (srcBits[i] != 0) {
        throw new IllegalStateException("src too far behind: opcode=" + opcode + ", offset=" + i);
      }
    }
    boolean same = form == RegisterClass.Form.SAME;
    boolean rotation = same && (opcode == Opcode.IROR_R || opcode == Opcode.IROL_R);
    int immediate = rotation ? code.length - 1 : offsetOfImmediate(code);
    for (int i = 0; immediate >= 0 && i < (rotation ? 1 : Integer.BYTES); i++) {
      set(at + immediate + i, 0);
    }
    boolean address = same && RegisterClass.of(opcode) == RegisterClass.OPERAND;
    tables.putInt(at + IMMEDIATE_MASK, rotation ? ROTATION_MASK : address ? sizes.l3Mask() : -1);
    boolean rounds = InstructionCode.rounds(opcode);
    boolean swaps = opcode == Opcode.ISWAP_R && !same;
    set(at + LENGTH, code.length);
    set(at + IMMEDIATE_OFFSET, immediate >= 0 ? immediate : code.length);
    set(at + ROUNDING_OFFSET, rounds ? code.length - EVEX_LAST_PREFIX_BYTE : 0);
    set(at + ROUNDING_BYTES, rounds ? Long.BYTES : 0);
    set(at + DST_CHANGES, swaps || changesDst(opcode) ? 0 : UNCHANGED);
    set(at + SRC_CHANGES, swaps ? 0 : UNCHANGED);
    set(at + SPECIAL, special(opcode));
  }

  private byte[] code(Opcode opcode, RegisterClass.Form form, int dst, int src, int modClass) {
    Assembler asm = new Assembler();
    int formDst = form.dst(dst);
    instructions.write(asm, opcode, formDst, form.src(formDst, src), modClass);
    byte[] code = asm.toByteArray();
    if (code.length > TEMPLATE_BYTES) {
      throw new IllegalStateException("too long: opcode=" + opcode + ", length=" + code.length);
    }
    return code;
  }

  private static byte[] difference(byte[] a, byte[] b) {
    byte[] bits = new byte[a.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = (byte) (a[i] ^ b[i]);
    }
    return bits;
  }

  /** A register number in all places of a byte that it can take. */
  private static int number(int register) {
    return register << 3 | register;
  }

  private void set(int at, int value) {
    tables.put(at, (byte) value);
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

  /** Whether {@link EncoderCode} has to note it; special ones see to that themselves. */
  private static boolean changesDst(Opcode opcode) {
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
          true;
      case IMUL_RCP,
          ISWAP_R,
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
          false;
    };
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
