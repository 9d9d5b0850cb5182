package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.VectorRegister.Width.YMM;
import static io.p2pmining.core.x86.VectorRegister.Width.ZMM;

/**
 * Writes x86-64 machine code. Methods without a size in their name work on 64 bits, those ending in
 * {@code 32} on the low 32 bits and clear the rest of a destination register. Belongs to one
 * thread; used once.
 */
public final class Assembler {

  private static final int OPCODE_ADD = 0x00;
  private static final int OPCODE_OR = 0x08;
  private static final int OPCODE_AND = 0x20;
  private static final int OPCODE_SUB = 0x28;
  private static final int OPCODE_XOR = 0x30;
  private static final int OPCODE_CMP = 0x38;

  /** The longest distance that an 8-bit jump goes back, less the length of the jump. */
  private static final int SHORT_JUMP_BACK = 128 - 2;

  private final CodeBuffer code = new CodeBuffer();
  private final Encoder encoder = new Encoder(code);

  /** How many bytes were written. */
  public int length() {
    return code.length();
  }

  /**
   * The finished code. It may lie anywhere.
   *
   * @throws IllegalStateException if a label that is used was never bound
   */
  public byte[] toByteArray() {
    encoder.resolve();
    return code.toByteArray();
  }

  // Positions.

  /** Makes the label stand for what comes next. */
  public void bind(Label label) {
    label.bind(code.length());
  }

  /** Fills up with instructions without effect until the length is a multiple of {@code bytes}. */
  public void align(int bytes) {
    nops(-code.length() & (bytes - 1));
  }

  /** Writes instructions without effect, as few as the processor decodes fast. */
  public void nops(int bytes) {
    int left = bytes;
    while (left > 0) {
      int count = Math.min(left, Nops.LONGEST);
      for (int value : Nops.ofLength(count)) {
        code.put(value);
      }
      left -= count;
    }
  }

  /** Writes a byte of data. */
  public void data8(int value) {
    code.put(value);
  }

  /** Writes 32 bits of data. */
  public void data32(int value) {
    code.putInt(value);
  }

  /** Writes 64 bits of data. */
  public void data64(long value) {
    code.putLong(value);
  }

  // Moves.

  public void mov(Gpr dst, Operand src) {
    encoder.general(true, false, 0x8B, dst.number(), src, 0);
  }

  public void mov(Address dst, Gpr src) {
    encoder.general(true, false, 0x89, src.number(), dst, 0);
  }

  public void mov32(Gpr dst, Operand src) {
    encoder.general(false, false, 0x8B, dst.number(), src, 0);
  }

  public void mov32(Address dst, Gpr src) {
    encoder.general(false, false, 0x89, src.number(), dst, 0);
  }

  /** Sets a register, in the shortest way. */
  public void mov(Gpr dst, long value) {
    if (value == (value & 0xffff_ffffL)) {
      if (dst.number() >= 8) {
        code.put(0x41);
      }
      code.put(0xB8 | dst.number() & 7);
      code.putInt((int) value);
    } else if (value == (int) value) {
      encoder.general(true, false, 0xC7, 0, dst, Integer.BYTES);
      code.putInt((int) value);
    } else {
      code.put(dst.number() >= 8 ? 0x49 : 0x48);
      code.put(0xB8 | dst.number() & 7);
      code.putLong(value);
    }
  }

  public void mov32(Address dst, int value) {
    encoder.general(false, false, 0xC7, 0, dst, Integer.BYTES);
    code.putInt(value);
  }

  public void lea(Gpr dst, Address src) {
    encoder.general(true, false, 0x8D, dst.number(), src, 0);
  }

  public void lea32(Gpr dst, Address src) {
    encoder.general(false, false, 0x8D, dst.number(), src, 0);
  }

  /**
   * The same with a displacement of 32 bits even where fewer would do, so that it can be patched.
   */
  public void lea32Wide(Gpr dst, Gpr base) {
    lea32(dst, Address.at(base, Integer.MAX_VALUE));
  }

  public void xchg(Gpr a, Gpr b) {
    encoder.general(true, false, 0x87, b.number(), a, 0);
  }

  public void push(Gpr register) {
    if (register.number() >= 8) {
      code.put(0x41);
    }
    code.put(0x50 | register.number() & 7);
  }

  public void pop(Gpr register) {
    if (register.number() >= 8) {
      code.put(0x41);
    }
    code.put(0x58 | register.number() & 7);
  }

  // Arithmetic.

  public void add(Gpr dst, Operand src) {
    encoder.general(true, false, OPCODE_ADD | 3, dst.number(), src, 0);
  }

  public void add(Gpr dst, int value) {
    immediate(true, OPCODE_ADD, dst, value);
  }

  public void add32(Gpr dst, Operand src) {
    encoder.general(false, false, OPCODE_ADD | 3, dst.number(), src, 0);
  }

  public void sub(Gpr dst, Operand src) {
    encoder.general(true, false, OPCODE_SUB | 3, dst.number(), src, 0);
  }

  public void sub(Gpr dst, int value) {
    immediate(true, OPCODE_SUB, dst, value);
  }

  public void sub32(Gpr dst, int value) {
    immediate(false, OPCODE_SUB, dst, value);
  }

  public void and(Gpr dst, Operand src) {
    encoder.general(true, false, OPCODE_AND | 3, dst.number(), src, 0);
  }

  public void and(Gpr dst, int value) {
    immediate(true, OPCODE_AND, dst, value);
  }

  public void and32(Gpr dst, int value) {
    immediate(false, OPCODE_AND, dst, value);
  }

  public void or32(Gpr dst, int value) {
    immediate(false, OPCODE_OR, dst, value);
  }

  public void xor(Gpr dst, Operand src) {
    encoder.general(true, false, OPCODE_XOR | 3, dst.number(), src, 0);
  }

  public void xor(Gpr dst, int value) {
    immediate(true, OPCODE_XOR, dst, value);
  }

  public void xor32(Gpr dst, Operand src) {
    encoder.general(false, false, OPCODE_XOR | 3, dst.number(), src, 0);
  }

  public void cmp(Gpr a, Operand b) {
    encoder.general(true, false, OPCODE_CMP | 3, a.number(), b, 0);
  }

  public void cmp(Gpr a, int value) {
    immediate(true, OPCODE_CMP, a, value);
  }

  public void cmp32(Gpr a, Operand b) {
    encoder.general(false, false, OPCODE_CMP | 3, a.number(), b, 0);
  }

  public void cmp32(Gpr a, int value) {
    immediate(false, OPCODE_CMP, a, value);
  }

  public void test32(Gpr register, int mask) {
    encoder.general(false, false, 0xF7, 0, register, Integer.BYTES);
    code.putInt(mask);
  }

  public void neg(Gpr register) {
    encoder.general(true, false, 0xF7, 3, register, 0);
  }

  public void imul(Gpr dst, Operand src) {
    encoder.general(true, true, 0xAF, dst.number(), src, 0);
  }

  /** {@code dst = src × value}. */
  public void imul(Gpr dst, Operand src, int value) {
    encoder.general(true, false, 0x69, dst.number(), src, Integer.BYTES);
    code.putInt(value);
  }

  /** {@code RDX:RAX = RAX × operand}, unsigned. */
  public void mul(Operand operand) {
    encoder.general(true, false, 0xF7, 4, operand, 0);
  }

  /** {@code RDX:RAX = RAX × operand}, signed. */
  public void imul(Operand operand) {
    encoder.general(true, false, 0xF7, 5, operand, 0);
  }

  /** {@code high:low = RDX × operand}, unsigned, flags kept (BMI2). */
  public void mulx(Gpr high, Gpr low, Operand operand) {
    encoder.vex(2, 3, 1, high.number(), low.number(), false, operand);
    encoder.opcodeAndOperand(0xF6, high.number(), operand, 0);
  }

  public void ror(Gpr register, int count) {
    shift(true, 1, register, count);
  }

  public void rol(Gpr register, int count) {
    shift(true, 0, register, count);
  }

  public void shl(Gpr register, int count) {
    shift(true, 4, register, count);
  }

  public void shr(Gpr register, int count) {
    shift(true, 5, register, count);
  }

  public void sar(Gpr register, int count) {
    shift(true, 7, register, count);
  }

  public void rol32(Gpr register, int count) {
    shift(false, 0, register, count);
  }

  public void shr32(Gpr register, int count) {
    shift(false, 5, register, count);
  }

  /** Rotates right by the number in CL. */
  public void rorByCl(Gpr register) {
    encoder.general(true, false, 0xD3, 1, register, 0);
  }

  /** Rotates left by the number in CL. */
  public void rolByCl(Gpr register) {
    encoder.general(true, false, 0xD3, 0, register, 0);
  }

  /** {@code dst = src} rotated right, flags kept (BMI2). */
  public void rorx(Gpr dst, Operand src, int count) {
    encoder.vex(3, 3, 1, dst.number(), 0, false, src);
    encoder.opcodeAndOperand(0xF0, dst.number(), src, 1);
    code.put(count);
  }

  private void shift(boolean wide, int digit, Gpr register, int count) {
    encoder.general(wide, false, 0xC1, digit, register, 1);
    code.put(count);
  }

  private void immediate(boolean wide, int opcode, Gpr dst, int value) {
    int digit = opcode >>> 3;
    if (value == (byte) value) {
      encoder.general(wide, false, 0x83, digit, dst, 1);
      code.put(value);
    } else if (dst == Gpr.RAX) {
      if (wide) {
        code.put(0x48);
      }
      code.put(opcode | 5);
      code.putInt(value);
    } else {
      encoder.general(wide, false, 0x81, digit, dst, Integer.BYTES);
      code.putInt(value);
    }
  }

  // Control.

  public void jmp(Label target) {
    if (isNear(target)) {
      code.put(0xEB);
      code.put(target.position() - code.length() - 1);
    } else {
      code.put(0xE9);
      encoder.reference(target, 0, 0);
    }
  }

  public void jmp(Operand target) {
    encoder.general(false, false, 0xFF, 4, target, 0);
  }

  public void jump(Condition condition, Label target) {
    if (isNear(target)) {
      code.put(0x70 | condition.ordinal());
      code.put(target.position() - code.length() - 1);
    } else {
      code.put(0x0F);
      code.put(0x80 | condition.ordinal());
      encoder.reference(target, 0, 0);
    }
  }

  /** A jump to a label that is not bound yet and will be less than 128 bytes on. */
  public void jumpShort(Condition condition, Label target) {
    code.put(0x70 | condition.ordinal());
    encoder.shortReference(target);
  }

  public void call(Label target) {
    code.put(0xE8);
    encoder.reference(target, 0, 0);
  }

  public void call(Operand target) {
    encoder.general(false, false, 0xFF, 2, target, 0);
  }

  public void ret() {
    code.put(0xC3);
  }

  private boolean isNear(Label target) {
    return target.isBound() && code.length() - target.position() <= SHORT_JUMP_BACK;
  }

  // The processor itself.

  public void cpuid() {
    code.put(0x0F);
    code.put(0xA2);
  }

  public void xgetbv() {
    code.put(0x0F);
    code.put(0x01);
    code.put(0xD0);
  }

  public void ldmxcsr(Address src) {
    encoder.general(false, true, 0xAE, 2, src, 0);
  }

  public void stmxcsr(Address dst) {
    encoder.general(false, true, 0xAE, 3, dst, 0);
  }

  public void vzeroupper() {
    code.put(0xC5);
    code.put(0xF8);
    code.put(0x77);
  }

  /** Fetches a line into all levels of the cache. */
  public void prefetcht0(Address line) {
    encoder.general(false, true, 0x18, 1, line, 0);
  }

  /** Fetches a line that is used once. */
  public void prefetchnta(Address line) {
    encoder.general(false, true, 0x18, 0, line, 0);
  }

  public void sfence() {
    code.put(0x0F);
    code.put(0xAE);
    code.put(0xF8);
  }

  // Between vector and general-purpose registers.

  /** The low 64 bits of a vector register; the rest becomes zero. */
  public void movq(VectorRegister dst, Gpr src) {
    code.put(0x66);
    encoder.general(true, true, 0x6E, dst.number(), src, 0);
  }

  public void movq(Gpr dst, VectorRegister src) {
    code.put(0x66);
    encoder.general(true, true, 0x7E, src.number(), dst, 0);
  }

  /** Every 64-bit lane of a vector register (AVX-512). */
  public void broadcastq(VectorRegister dst, Gpr src) {
    evexGeneral(0x7C, dst, src);
  }

  private void evexGeneral(int opcode, VectorRegister dst, Gpr src) {
    int reg = dst.number();
    code.put(0x62);
    code.put(
        (~reg >>> 3 & 1) << 7
            | 1 << 6
            | (~src.number() >>> 3 & 1) << 5
            | (~reg >>> 4 & 1) << 4
            | 2);
    code.put(1 << 7 | 15 << 3 | 4 | 1);
    code.put(dst.width().ordinal() << 5 | 8);
    encoder.opcodeAndOperand(opcode, reg, src, 0);
  }

  // Legacy vector instructions: two operands, 128 bits, registers 0 to 15.

  public void sse(VectorOperation op, VectorRegister dst, Operand src) {
    requireForm(op.forms.legacy, op);
    encoder.legacy(op, false, dst.number(), src, 0);
  }

  public void sse(VectorOperation op, VectorRegister dst, Operand src, int immediate) {
    requireForm(op.forms.legacy, op);
    encoder.legacy(op, false, dst.number(), src, 1);
    code.put(immediate);
  }

  /** An instruction whose operand in memory is the destination. */
  public void sse(VectorOperation op, Address dst, VectorRegister src) {
    sse(op, src, dst);
  }

  /** A shift by an immediate. */
  public void sseShift(VectorOperation op, VectorRegister register, int count) {
    requireForm(op.isShiftByImmediate(), op);
    encoder.legacy(op, false, op.digit, register, 1);
    code.put(count);
  }

  // VEX and EVEX vector instructions. The assembler takes EVEX where VEX cannot say it.

  /** An instruction of one source, such as a load. */
  public void vector(VectorOperation op, VectorRegister dst, Operand src) {
    vector(op, dst, 0, src, 0);
  }

  /** An instruction of one source and an immediate. */
  public void vector(VectorOperation op, VectorRegister dst, Operand src, int immediate) {
    vector(op, dst, 0, src, 1);
    code.put(immediate);
  }

  /** An instruction of two sources. */
  public void vector(VectorOperation op, VectorRegister dst, VectorRegister a, Operand b) {
    vector(op, dst, a.number(), b, 0);
  }

  /** An instruction of two sources and an immediate. */
  public void vector(
      VectorOperation op, VectorRegister dst, VectorRegister a, Operand b, int immediate) {
    vector(op, dst, a.number(), b, 1);
    code.put(immediate);
  }

  /** A store. */
  public void vector(VectorOperation op, Address dst, VectorRegister src) {
    vector(op, src, 0, dst, 0);
  }

  /** An extraction: the destination takes the place of a source. */
  public void extract(VectorOperation op, Operand dst, VectorRegister src, int immediate) {
    vector(op, src, 0, dst, 1);
    code.put(immediate);
  }

  /** A shift by an immediate. */
  public void vectorShift(VectorOperation op, VectorRegister dst, VectorRegister src, int count) {
    requireForm(op.isShiftByImmediate(), op);
    if (op.forms.vex && fitsVex(dst) && fitsVex(src)) {
      encoder.vex(op, op.digit, dst.number(), dst.width() == YMM, src, 1);
    } else {
      int length = dst.width().ordinal();
      encoder.evex(op, op.digit, dst.number(), length, false, 0, false, src, 1, 1);
    }
    code.put(count);
  }

  /**
   * An instruction that rounds in a mode of its own (AVX-512). Only whole 512-bit registers and
   * scalars have this form.
   */
  public void rounded(
      VectorOperation op, Rounding rounding, VectorRegister dst, VectorRegister a, Operand b) {
    roundedWithSource(op, rounding, dst, a.number(), b);
  }

  /** The same with one source. */
  public void rounded(VectorOperation op, Rounding rounding, VectorRegister dst, Operand src) {
    roundedWithSource(op, rounding, dst, 0, src);
  }

  private void roundedWithSource(
      VectorOperation op, Rounding rounding, VectorRegister dst, int a, Operand b) {
    if (b instanceof Address || (dst.width() != ZMM && op.tuple == VectorOperation.Tuple.FULL)) {
      throw new IllegalArgumentException("no rounding of its own: op=" + op + ", dst=" + dst);
    }
    encoder.evex(op, dst.number(), a, rounding.ordinal(), true, 0, false, b, 1, 0);
  }

  /** An instruction of two sources in its EVEX form, even where VEX could say it. */
  public void evex(VectorOperation op, VectorRegister dst, VectorRegister a, Operand b) {
    evex(op, dst, a.number(), b);
  }

  /** An instruction of one source in its EVEX form, even where VEX could say it. */
  public void evex(VectorOperation op, VectorRegister dst, Operand src) {
    evex(op, dst, 0, src);
  }

  private void evex(VectorOperation op, VectorRegister dst, int a, Operand b) {
    requireForm(op.forms.evex, op);
    int scale = op.tuple.bytes(dst.width());
    encoder.evex(op, dst.number(), a, dst.width().ordinal(), false, 0, false, b, scale, 0);
  }

  /** An instruction whose second source is one 64-bit word of memory for all lanes (AVX-512). */
  public void broadcast(VectorOperation op, VectorRegister dst, VectorRegister a, Address word) {
    requireForm(op.forms.evex && op.evexW == 1, op);
    int length = dst.width().ordinal();
    encoder.evex(op, dst.number(), a.number(), length, true, 0, false, word, Long.BYTES, 0);
  }

  /** An instruction that changes only the lanes that a mask register, 1 to 7, names (AVX-512). */
  public void masked(
      VectorOperation op, VectorRegister dst, int mask, VectorRegister a, Operand b) {
    int scale = op.tuple.bytes(dst.width());
    encoder.evex(
        op, dst.number(), a.number(), dst.width().ordinal(), false, mask, false, b, scale, 0);
  }

  /** The same with one source and an immediate. */
  public void masked(VectorOperation op, VectorRegister dst, int mask, Operand src, int immediate) {
    int scale = op.tuple.bytes(dst.width());
    encoder.evex(op, dst.number(), 0, dst.width().ordinal(), false, mask, false, src, scale, 1);
    code.put(immediate);
  }

  /** Sets a mask register from a general-purpose one, 8 bits (AVX-512DQ). */
  public void kmovb(int mask, Gpr src) {
    encoder.vex(1, 1, 0, mask, 0, false, src);
    encoder.opcodeAndOperand(0x92, mask, src, 0);
  }

  /** {@code mask = the lanes in which a's sign bit is set} (AVX-512DQ). */
  public void movq2m(int mask, VectorRegister src) {
    code.put(0x62);
    code.put(1 << 7 | (~src.number() >>> 4 & 1) << 6 | (~src.number() >>> 3 & 1) << 5 | 1 << 4 | 2);
    code.put(1 << 7 | 15 << 3 | 4 | 2);
    code.put(src.width().ordinal() << 5 | 8);
    encoder.opcodeAndOperand(0x39, mask, src, 0);
  }

  private void vector(VectorOperation op, VectorRegister dst, int a, Operand b, int trailing) {
    boolean registersFit =
        fitsVex(dst) && a < 16 && (!(b instanceof VectorRegister v) || fitsVex(v));
    if (op.forms.vex && registersFit) {
      encoder.vex(op, dst.number(), a, dst.width() == YMM, b, trailing);
      return;
    }
    requireForm(op.forms.evex, op);
    int length = dst.width().ordinal();
    if (b instanceof VectorRegister v) {
      length = Math.max(length, v.width().ordinal());
    }
    int scale = op.tuple.bytes(dst.width());
    encoder.evex(op, dst.number(), a, length, false, 0, false, b, scale, trailing);
  }

  private static boolean fitsVex(VectorRegister register) {
    return register.number() < 16 && register.width() != ZMM;
  }

  private static void requireForm(boolean exists, VectorOperation op) {
    if (!exists) {
      throw new IllegalArgumentException("no such form of this instruction: op=" + op);
    }
  }
}
