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
 * Immutable; the code is position-independent.
 *
 * <p>Nearly every instruction is treated alike, without a branch: its whole template is copied with
 * its register numbers put in, an immediate is written, a place where a rounding mode may go is
 * noted, and two registers are noted as changed; what an instruction has no use for is overwritten
 * by the next. CBRANCH and IMUL_RCP leave that path, which the processor cannot predict, so this is
 * seen as early as possible. At a CFROUND the routine returns: it is rare, and the caller writes
 * it.
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
  private static final Gpr TABLES = R9;
  private static final Gpr DST = R10;
  private static final Gpr SRC = R11;
  private static final Gpr ROUNDINGS = R12;
  private static final Gpr RECIPROCALS = R13;
  private static final Gpr PLACE = R14;
  private static final Gpr TEMPLATE = RBP;

  private static final Gpr[] SAVED = {RBX, RBP, R12, R13, R14, R15};

  private static final VectorRegister FIRST_HALF = VectorRegister.xmm(0);
  private static final VectorRegister SECOND_HALF = VectorRegister.xmm(1);
  private static final VectorRegister DST_IN_FIRST = VectorRegister.xmm(2);
  private static final VectorRegister DST_IN_SECOND = VectorRegister.xmm(3);
  private static final VectorRegister SRC_IN_FIRST = VectorRegister.xmm(4);
  private static final int HALF_BYTES = 16;
  private static final int LINE_BYTES = 64;

  private static final int REGISTERS = 8;

  // From a word to a register number times REGISTER_BYTES.
  private static final int DST_SHIFT = 4;
  private static final int SRC_SHIFT = 12;
  private static final int REGISTER_SHIFT = 4;
  private static final int REGISTER_MASK = 7 * TemplateTable.REGISTER_BYTES;

  private static final int MOD_SHIFT = 24;
  private static final int CONDITION_SHIFT = 28;

  private static final int SHORT_BRANCH = 0x74;
  private static final int LONG_BRANCH = 0x840F;
  private static final int SHORT_BRANCH_BYTES = 2;

  private final Assembler asm = new Assembler();
  private final boolean embedsRounding;
  private final int start;
  private final int resume;
  private final int mark;
  private final byte[] bytes;
  private final byte[] tables;

  EncoderCode(TemplateTable table, boolean embedsRounding) {
    this.tables = table.tables();
    this.embedsRounding = embedsRounding;
    Label next = new Label();
    Label changedAll = new Label();
    start = asm.length();
    writeEntry();
    prefetchTables();
    asm.jmp(changedAll);
    resume = asm.length();
    writeEntry();
    asm.jmp(next);
    writeLoop(next, changedAll);
    mark = asm.length();
    writeMark();
    bytes = asm.toByteArray();
  }

  /** The code. */
  byte[] bytes() {
    return bytes;
  }

  /** What the code copies from. */
  byte[] tables() {
    return tables;
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

  private void writeEntry() {
    for (Gpr register : SAVED) {
      asm.push(register);
    }
    asm.mov(STATE, RDI);
    asm.mov(WORD, state(EncoderState.WORDS));
    asm.mov(WORDS_END, state(EncoderState.WORDS_END));
    asm.mov(POSITION, state(EncoderState.POSITION));
    asm.mov(TABLES, state(EncoderState.TABLES));
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

  /** What the program before this one has pushed out of the cache arrives sooner all at once. */
  private void prefetchTables() {
    Label loop = new Label();
    asm.mov(RAX, TABLES);
    asm.lea(RCX, Address.at(TABLES, tables.length));
    asm.bind(loop);
    asm.prefetcht0(Address.at(RAX));
    asm.add(RAX, LINE_BYTES);
    asm.cmp(RAX, RCX);
    asm.jump(Condition.BELOW, loop);
  }

  private void writeLoop(Label next, Label changedAll) {
    Label special = new Label();
    Label loop = new Label();
    Label end = new Label();
    asm.bind(changedAll);
    for (int register = 0; register < REGISTERS; register++) {
      asm.mov(changed(register * TemplateTable.REGISTER_BYTES), POSITION);
    }
    asm.bind(next);
    asm.cmp(WORD, WORDS_END);
    asm.jump(Condition.ZERO, end);
    asm.bind(loop);
    findFirst();
    asm.jump(Condition.SIGN, special);
    findTemplate();
    copyTemplate();
    listRounding();
    advance();
    noteChanged(TemplateTable.DST_CHANGES, DST);
    noteChanged(TemplateTable.SRC_CHANGES, SRC);
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
    asm.and32(TEMPLATE, ~TemplateTable.SPECIAL_OPCODE);
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

  /** The word goes to RAX, its entry to RCX, the first of its templates and a sign to TEMPLATE. */
  private void findFirst() {
    asm.mov(RAX, Address.at(WORD));
    asm.add(WORD, Long.BYTES);
    asm.movzx8(RCX, RAX);
    asm.movzx8(RCX, Address.at(TABLES, RCX, 1, TemplateTable.OPCODES));
    asm.mov32(TEMPLATE, entry(TemplateTable.FIRST));
    asm.test32(TEMPLATE, TemplateTable.SPECIAL_OPCODE);
  }

  /** Of what {@link #findFirst} found, to {@link #TEMPLATE}, {@link #DST} and {@link #SRC}. */
  private void findTemplate() {
    asm.mov32(RDX, RAX);
    asm.shr32(RDX, MOD_SHIFT);
    asm.add32(RDX, entry(TemplateTable.ENTRY_MODS));
    asm.movzx8(RDX, Address.at(TABLES, RDX));
    asm.add32(TEMPLATE, RDX);
    registerTo(DST, DST_SHIFT);
    registerTo(SRC, SRC_SHIFT);
    asm.mov32(RDX, SRC);
    asm.shr32(RDX, REGISTER_SHIFT);
    asm.add32(RDX, DST);
    asm.add32(RDX, entry(TemplateTable.ENTRY_FORMS));
    asm.movzx8(RDX, Address.at(TABLES, RDX));
    asm.add32(TEMPLATE, RDX);
    asm.lea(TEMPLATE, Address.at(TEMPLATE, TEMPLATE, 2, 0)); // Times 96, a template's length.
    asm.shl(TEMPLATE, 5);
    asm.lea(TEMPLATE, Address.at(TABLES, TEMPLATE, 1, TemplateTable.TEMPLATES));
  }

  private void registerTo(Gpr register, int shift) {
    asm.mov32(register, RAX);
    asm.shr32(register, shift);
    asm.and32(register, REGISTER_MASK);
  }

  /** All of the code with its register numbers, then the immediate. */
  private void copyTemplate() {
    asm.sse(VectorOperation.MOVAPS, FIRST_HALF, template(0));
    asm.sse(VectorOperation.MOVAPS, SECOND_HALF, template(HALF_BYTES));
    asm.sse(VectorOperation.MOVAPS, DST_IN_FIRST, numbers(DST));
    asm.sse(VectorOperation.MOVAPS, SRC_IN_FIRST, numbers(SRC));
    asm.sse(VectorOperation.MOVAPS, DST_IN_SECOND, DST_IN_FIRST);
    asm.sse(VectorOperation.PAND, DST_IN_FIRST, template(TemplateTable.DST_BITS));
    asm.sse(VectorOperation.PAND, DST_IN_SECOND, template(TemplateTable.DST_BITS + HALF_BYTES));
    asm.sse(VectorOperation.PAND, SRC_IN_FIRST, template(TemplateTable.SRC_BITS));
    asm.sse(VectorOperation.PXOR, FIRST_HALF, DST_IN_FIRST);
    asm.sse(VectorOperation.PXOR, SECOND_HALF, DST_IN_SECOND);
    asm.sse(VectorOperation.PXOR, FIRST_HALF, SRC_IN_FIRST);
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

  private void noteChanged(int field, Gpr register) {
    asm.movzx8(RDX, template(field));
    asm.add32(RDX, register);
    asm.mov(changed(RDX), POSITION);
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
    asm.mov(RDX, changed(DST));
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
    asm.mov(changed(DST), POSITION);
    asm.jmp(next);
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

  private static Address changed(Gpr register) {
    return Address.at(STATE, register, 1, EncoderState.CHANGED);
  }

  private static Address changed(int register) {
    return state(EncoderState.CHANGED + register);
  }

  private static Address entry(int field) {
    return Address.at(TABLES, RCX, Long.BYTES, field);
  }

  private static Address numbers(Gpr register) {
    return Address.at(TABLES, register, 1, TemplateTable.NUMBERS);
  }

  private static Address template(int field) {
    return Address.at(TEMPLATE, field);
  }
}
