package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.x86.Gpr.R10;
import static io.p2pmining.core.x86.Gpr.R11;
import static io.p2pmining.core.x86.Gpr.R12;
import static io.p2pmining.core.x86.Gpr.R13;
import static io.p2pmining.core.x86.Gpr.R14;
import static io.p2pmining.core.x86.Gpr.R15;
import static io.p2pmining.core.x86.Gpr.R8;
import static io.p2pmining.core.x86.Gpr.R9;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RBP;
import static io.p2pmining.core.x86.Gpr.RBX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDI;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.Gpr.RSI;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Condition;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.Label;
import io.p2pmining.core.x86.VectorOperation;
import io.p2pmining.core.x86.VectorRegister;

/**
 * Machine code that writes the machine code of programs, and the tables that it copies from.
 * Immutable; position-independent.
 *
 * <p>Nearly every instruction is treated alike, without a branch: its whole template is copied, an
 * immediate is written, a place where a rounding mode may go is noted, and two registers are noted
 * as changed; what an instruction has no use for is overwritten by the next. CBRANCH and IMUL_RCP
 * leave that path, which the processor cannot predict, so this is seen as early as possible. At a
 * CFROUND the routine returns: it is rare, and the caller writes it.
 *
 * <pre>
 *   encode(state), go on(state) ──▶ 0 at the end of the program, 1 behind a CFROUND
 *   mark(list, its end, distance, bits): adds bits to the listed bytes, or to those so far behind
 * </pre>
 */
final class EncoderCode {

  private static final Gpr STATE = RBX;
  private static final Gpr WORD = RSI;
  private static final Gpr POSITION = RDI;
  private static final Gpr WORDS_END = R8;
  private static final Gpr TEMPLATES = R9;
  private static final Gpr OPCODES = R10;
  private static final Gpr MOD_CLASSES = R11;
  private static final Gpr ROUNDINGS = R12;
  private static final Gpr RECIPROCALS = R13;
  private static final Gpr PLACE = R14;
  private static final Gpr TEMPLATE = RBP;

  private static final Gpr[] SAVED = {RBX, RBP, R12, R13, R14, R15};

  private static final VectorRegister FIRST_HALF = new VectorRegister(0, VectorRegister.Width.XMM);
  private static final VectorRegister SECOND_HALF = new VectorRegister(1, VectorRegister.Width.XMM);
  private static final int HALF_BYTES = 16;

  private static final int REGISTERS = 8;
  private static final int DST_TO_PAIR_SHIFT = 5;
  private static final int DST_OF_PAIR_MASK = 0x38;
  private static final int DST_SHIFT = 8;
  private static final int SRC_SHIFT = 16;
  private static final int REGISTER_MASK = 7;
  private static final int MOD_SHIFT = 24;
  private static final int CONDITION_SHIFT = 28;

  private static final int SHORT_BRANCH = 0x74;
  private static final int LONG_BRANCH = 0x840F;
  private static final int SHORT_BRANCH_BYTES = 2;
  private static final int LINE_BYTES = 64;

  private final Assembler asm = new Assembler();
  private final boolean embedsRounding;
  private final int start;
  private final int resume;
  private final int mark;
  private final int templates;
  private final int opcodes;
  private final int modClasses;
  private final byte[] bytes;

  EncoderCode(TemplateTable table, boolean embedsRounding) {
    this.embedsRounding = embedsRounding;
    Label next = new Label();
    Label changedAll = new Label();
    start = asm.length();
    writeEntry();
    asm.jmp(changedAll);
    resume = asm.length();
    writeEntry();
    asm.jmp(next);
    writeLoop(next, changedAll);
    mark = asm.length();
    writeMark();
    asm.align(LINE_BYTES);
    templates = writeBytes(table.templates());
    opcodes = writeInts(table.opcodes());
    modClasses = writeInts(table.modClasses());
    bytes = asm.toByteArray();
  }

  /** The code with its tables. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the routine begins that encodes a program. */
  int start() {
    return start;
  }

  /** Where the routine begins that goes on behind a CFROUND. */
  int resume() {
    return resume;
  }

  /** Where the routine begins that gives instructions their rounding mode. */
  int mark() {
    return mark;
  }

  int templates() {
    return templates;
  }

  int opcodes() {
    return opcodes;
  }

  int modClasses() {
    return modClasses;
  }

  private int writeBytes(byte[] table) {
    int at = asm.length();
    for (byte value : table) {
      asm.data8(value);
    }
    return at;
  }

  private int writeInts(int[] table) {
    int at = asm.length();
    for (int value : table) {
      asm.data32(value);
    }
    return at;
  }

  private void writeEntry() {
    for (Gpr register : SAVED) {
      asm.push(register);
    }
    asm.mov(STATE, RDI);
    asm.mov(WORD, state(EncoderState.WORDS));
    asm.mov(WORDS_END, state(EncoderState.WORDS_END));
    asm.mov(POSITION, state(EncoderState.POSITION));
    asm.mov(TEMPLATES, state(EncoderState.TEMPLATES));
    asm.mov(OPCODES, state(EncoderState.OPCODES));
    asm.mov(MOD_CLASSES, state(EncoderState.MOD_CLASSES));
    asm.mov(ROUNDINGS, state(EncoderState.ROUNDINGS));
    asm.mov(RECIPROCALS, state(EncoderState.RECIPROCALS));
    asm.mov(PLACE, state(EncoderState.PLACE));
  }

  /** Leaves with the number that RAX has. */
  private void writeExit() {
    asm.mov(state(EncoderState.WORDS), WORD);
    asm.mov(state(EncoderState.POSITION), POSITION);
    asm.mov(state(EncoderState.ROUNDINGS), ROUNDINGS);
    asm.mov(state(EncoderState.RECIPROCALS), RECIPROCALS);
    asm.mov(state(EncoderState.PLACE), PLACE);
    for (int i = SAVED.length - 1; i >= 0; i--) {
      asm.pop(SAVED[i]);
    }
    asm.ret();
  }

  private void writeLoop(Label next, Label changedAll) {
    Label special = new Label();
    Label loop = new Label();
    Label end = new Label();
    asm.bind(changedAll);
    for (int register = 0; register < REGISTERS; register++) {
      asm.mov(state(EncoderState.CHANGED + register * Long.BYTES), POSITION);
    }
    asm.bind(next);
    asm.cmp(WORD, WORDS_END);
    asm.jump(Condition.ZERO, end);
    asm.bind(loop);
    findModClasses();
    asm.jump(Condition.SIGN, special);
    findTemplate();
    copyTemplate();
    listRounding();
    advance();
    noteChanged(TemplateTable.CHANGED);
    noteChanged(TemplateTable.ALSO_CHANGED);
    asm.cmp(WORD, WORDS_END);
    asm.jump(Condition.NOT_ZERO, loop);
    asm.bind(end);
    asm.xor32(RAX, RAX);
    writeExit();
    asm.bind(special);
    writeSpecial(next, changedAll);
  }

  private void writeSpecial(Label next, Label changedAll) {
    Label branch = new Label();
    Label reciprocal = new Label();
    asm.and32(RDX, ~TemplateTable.SPECIAL_OPCODE);
    findTemplate();
    copyTemplate();
    asm.movzx8(RCX, template(TemplateTable.SPECIAL));
    asm.cmp32(RCX, TemplateTable.SPECIAL_RECIPROCAL);
    asm.jump(Condition.BELOW, branch);
    asm.jump(Condition.ZERO, reciprocal);
    asm.mov(RAX, 1);
    writeExit();
    asm.bind(branch);
    writeBranch(changedAll);
    asm.bind(reciprocal);
    writeReciprocal(next);
  }

  /** The word goes to RAX, its opcode byte to RCX, where its classes begin and a sign to RDX. */
  private void findModClasses() {
    asm.mov(RAX, Address.at(WORD));
    asm.add(WORD, Long.BYTES);
    asm.movzx8(RCX, RAX);
    asm.mov32(RDX, Address.at(OPCODES, RCX, Long.BYTES, Integer.BYTES));
    asm.test32(RDX, TemplateTable.SPECIAL_OPCODE);
  }

  /** Of what {@link #findModClasses} found, to {@link #TEMPLATE}. */
  private void findTemplate() {
    asm.mov32(TEMPLATE, Address.at(OPCODES, RCX, Long.BYTES, 0));
    asm.mov32(RCX, RAX);
    asm.shr32(RCX, MOD_SHIFT);
    asm.add32(RDX, RCX);
    asm.add32(TEMPLATE, Address.at(MOD_CLASSES, RDX, Integer.BYTES, 0));
    asm.mov32(RDX, RAX);
    asm.shr32(RDX, DST_TO_PAIR_SHIFT);
    asm.and32(RDX, DST_OF_PAIR_MASK);
    asm.add32(TEMPLATE, RDX);
    asm.mov32(RDX, RAX);
    asm.shr32(RDX, SRC_SHIFT);
    asm.and32(RDX, REGISTER_MASK);
    asm.add32(TEMPLATE, RDX);
    asm.lea(TEMPLATE, Address.at(TEMPLATE, TEMPLATE, 2, 0)); // Times 48, a template's length.
    asm.shl(TEMPLATE, 4);
    asm.add(TEMPLATE, TEMPLATES);
  }

  /** All of the code, then the immediate. */
  private void copyTemplate() {
    asm.sse(VectorOperation.MOVUPS, FIRST_HALF, template(0));
    asm.sse(VectorOperation.MOVUPS, SECOND_HALF, template(HALF_BYTES));
    asm.sse(VectorOperation.MOVUPS_STORE, Address.at(POSITION), FIRST_HALF);
    asm.sse(VectorOperation.MOVUPS_STORE, Address.at(POSITION, HALF_BYTES), SECOND_HALF);
    asm.shr(RAX, Integer.SIZE);
    asm.and32(RAX, template(TemplateTable.IMMEDIATE_MASK));
    storeAsImmediate(RAX);
  }

  /** Where the rounding mode goes, if instructions have one. */
  private void listRounding() {
    if (!embedsRounding) {
      return;
    }
    asm.movzx8(RDX, template(TemplateTable.ROUNDING_OFFSET));
    asm.add(RDX, POSITION);
    asm.mov(Address.at(ROUNDINGS), RDX);
    asm.movzx8(RDX, template(TemplateTable.ROUNDING_BYTES));
    asm.add(ROUNDINGS, RDX);
  }

  private void storeAsImmediate(Gpr value) {
    asm.movzx8(RDX, template(TemplateTable.IMMEDIATE_OFFSET));
    asm.mov32(Address.at(POSITION, RDX), value);
  }

  private void advance() {
    asm.movzx8(RDX, template(TemplateTable.LENGTH));
    asm.add(POSITION, RDX);
  }

  private void noteChanged(int field) {
    asm.movzx8(RDX, template(field));
    asm.mov(Address.at(STATE, RDX, 1, EncoderState.CHANGED), POSITION);
  }

  /** Section 5.4.2. The cleared bit below the set one makes a second jump in a row impossible. */
  private void writeBranch(Label changedAll) {
    asm.mov(RAX, Address.at(WORD, -Long.BYTES));
    asm.mov32(RDX, RAX);
    asm.shr32(RDX, CONDITION_SHIFT);
    asm.mov(RCX, RAX);
    asm.shr(RCX, Integer.SIZE);
    asm.and32(RCX, Address.at(STATE, RDX, Long.BYTES, EncoderState.CONDITIONS));
    asm.add32(RCX, Address.at(STATE, RDX, Long.BYTES, EncoderState.CONDITIONS + Integer.BYTES));
    storeAsImmediate(RCX);
    advance();
    dstTo(RAX);
    asm.mov(RDX, Address.at(STATE, RAX, Long.BYTES, EncoderState.CHANGED));
    asm.sub(RDX, POSITION);
    writeJumpBack();
    asm.jmp(changedAll);
  }

  /**
   * A jump over as many bytes as RDX says, in two bytes if that is enough, else in six. Which one
   * cannot be predicted, so both are computed and one is chosen without a branch.
   */
  private void writeJumpBack() {
    asm.lea(RAX, Address.at(RDX, -Byte.MIN_VALUE - SHORT_BRANCH_BYTES));
    asm.sar(RAX, Long.SIZE - 1); // All ones for six bytes.
    asm.lea(RCX, Address.at(RDX, -SHORT_BRANCH_BYTES));
    asm.movzx8(RCX, RCX);
    asm.shl(RCX, Byte.SIZE);
    asm.or32(RCX, SHORT_BRANCH);
    asm.sub(RDX, TemplateTable.LONG_BRANCH_BYTES);
    asm.shl(RDX, Short.SIZE);
    asm.add(RDX, LONG_BRANCH);
    asm.xor(RDX, RCX);
    asm.and(RDX, RAX);
    asm.xor(RDX, RCX);
    asm.mov(Address.at(POSITION), RDX);
    asm.and32(RAX, TemplateTable.LONG_BRANCH_BYTES - SHORT_BRANCH_BYTES);
    asm.lea(POSITION, Address.at(POSITION, RAX, 1, SHORT_BRANCH_BYTES));
  }

  /** Section 5.2.6: 2⁶⁴⁺ⁿ ÷ divisor, with n the number of its highest bit. */
  private void writeReciprocal(Label next) {
    asm.mov(RAX, Address.at(WORD, -Long.BYTES));
    asm.shr(RAX, Integer.SIZE);
    asm.lea(RCX, Address.at(RAX, -1));
    asm.and(RCX, RAX);
    asm.jump(Condition.ZERO, next); // Zero and powers of two do nothing.
    asm.mov(R15, RAX);
    asm.bsr(RCX, RAX);
    asm.mov(RDX, 1);
    asm.rolByCl(RDX);
    asm.xor32(RAX, RAX);
    asm.div(R15);
    asm.mov(Address.at(RECIPROCALS), RAX);
    asm.add(RECIPROCALS, Long.BYTES);
    storeAsImmediate(PLACE);
    asm.add(PLACE, Long.BYTES);
    advance();
    asm.mov(RAX, Address.at(WORD, -Long.BYTES));
    dstTo(RAX);
    asm.mov(Address.at(STATE, RAX, Long.BYTES, EncoderState.CHANGED), POSITION);
    asm.jmp(next);
  }

  private void dstTo(Gpr word) {
    asm.shr32(word, DST_SHIFT);
    asm.and32(word, REGISTER_MASK);
  }

  /** Arguments: RDI, RSI, RDX, RCX. */
  private void writeMark() {
    Label loop = new Label();
    Label end = new Label();
    asm.bind(loop);
    asm.cmp(RDI, RSI);
    asm.jump(Condition.ZERO, end);
    asm.mov(RAX, Address.at(RDI));
    asm.add(RDI, Long.BYTES);
    asm.mov32(R8, Address.at(RAX, RDX));
    asm.add32(R8, RCX);
    asm.mov32(Address.at(RAX, RDX), R8);
    asm.jmp(loop);
    asm.bind(end);
    asm.ret();
  }

  private static Address state(int field) {
    return Address.at(STATE, field);
  }

  private static Address template(int field) {
    return Address.at(TEMPLATE, field);
  }
}
