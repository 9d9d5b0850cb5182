package io.p2pmining.core.x86;

import static io.p2pmining.core.x86.OperandSize.BITS_32;
import static io.p2pmining.core.x86.OperandSize.BITS_64;

import io.p2pmining.core.x86.VectorOperation.Map;
import io.p2pmining.core.x86.VectorOperation.Prefix;

/**
 * Writes x86-64 machine code. Methods without a size in their name work on 64 bits, those ending in
 * {@code 32} on the low 32 bits and clear the rest of a destination register. Belongs to one
 * thread; used once.
 *
 * <p>Operands that an instruction cannot have are refused with an {@link IllegalArgumentException}.
 * Which processors have the instruction is the caller's to know.
 */
public final class Assembler {

  private static final int OPCODE_ADD = 0x00;
  private static final int OPCODE_OR = 0x08;
  private static final int OPCODE_AND = 0x20;
  private static final int OPCODE_SUB = 0x28;
  private static final int OPCODE_XOR = 0x30;
  private static final int OPCODE_CMP = 0x38;

  /** To be added to these: the destination is a register, the source a register or memory. */
  private static final int FROM_OPERAND = 3;

  /** To be added to these: the destination is RAX, the source an immediate. */
  private static final int TO_RAX = 5;

  /** The longest distance that an 8-bit jump goes back, less the length of the jump. */
  private static final int SHORT_JUMP_BACK = 128 - 2;

  private final CodeBuffer code = new CodeBuffer();
  private final References references = new References(code);
  private final Encoder encoder = new Encoder(code, references);
  private final VectorEncoder vectors = new VectorEncoder(encoder);

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
    references.resolve();
    return code.toByteArray();
  }

  // Positions.

  /** Makes the label stand for what comes next. */
  public void bind(Label label) {
    label.bind(code.length());
  }

  /** Fills up with instructions without effect until the length is a multiple of {@code bytes}. */
  public void align(int bytes) {
    if (Integer.bitCount(bytes) != 1) {
      throw new IllegalArgumentException("bytes=" + bytes + ", must be a power of two");
    }
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
    encoder.general(BITS_64, 0x8B, dst.number(), src);
  }

  public void mov(Address dst, Gpr src) {
    encoder.general(BITS_64, 0x89, src.number(), dst);
  }

  public void mov32(Gpr dst, Operand src) {
    encoder.general(BITS_32, 0x8B, dst.number(), src);
  }

  public void mov32(Address dst, Gpr src) {
    encoder.general(BITS_32, 0x89, src.number(), dst);
  }

  /** Sets a register, in the shortest way. */
  public void mov(Gpr dst, long value) {
    if (value == (value & 0xffff_ffffL)) {
      encoder.shortGeneral(BITS_32, 0xB8, dst);
      code.putInt((int) value);
    } else if (value == (int) value) {
      encoder.general(BITS_64, 0xC7, 0, dst, Integer.BYTES);
      code.putInt((int) value);
    } else {
      encoder.shortGeneral(BITS_64, 0xB8, dst);
      code.putLong(value);
    }
  }

  public void mov32(Address dst, int value) {
    encoder.general(BITS_32, 0xC7, 0, dst, Integer.BYTES);
    code.putInt(value);
  }

  /** The lowest byte of a register. */
  public void movzx8(Gpr dst, Gpr src) {
    // Without REX, numbers 4 to 7 stand for other bytes.
    boolean wide = src.number() >= 4;
    encoder.general(wide ? BITS_64 : BITS_32, 0x0FB6, dst.number(), src);
  }

  /** A byte of memory. */
  public void movzx8(Gpr dst, Address src) {
    encoder.general(BITS_32, 0x0FB6, dst.number(), src);
  }

  /** Bits 8 to 15 of RAX, RBX, RCX or RDX, into one of the first eight registers. */
  public void movzxHigh8(Gpr dst, Gpr src) {
    if (src.number() >= 4 || dst.number() >= 8) {
      throw new IllegalArgumentException("no such form: dst=" + dst + ", src=" + src);
    }
    encoder.general(BITS_32, 0x0FB6, dst.number(), Gpr.of(src.number() + 4));
  }

  public void lea(Gpr dst, Address src) {
    encoder.general(BITS_64, 0x8D, dst.number(), src);
  }

  public void lea32(Gpr dst, Address src) {
    encoder.general(BITS_32, 0x8D, dst.number(), src);
  }

  /**
   * The same with a displacement of 32 bits even where fewer would do, so that it can be patched.
   */
  public void lea32Wide(Gpr dst, Gpr base) {
    lea32(dst, Address.at(base, Integer.MAX_VALUE));
  }

  public void xchg(Gpr a, Gpr b) {
    encoder.general(BITS_64, 0x87, b.number(), a);
  }

  public void push(Gpr register) {
    encoder.shortGeneral(BITS_32, 0x50, register);
  }

  public void pop(Gpr register) {
    encoder.shortGeneral(BITS_32, 0x58, register);
  }

  // Arithmetic.

  public void add(Gpr dst, Operand src) {
    encoder.general(BITS_64, OPCODE_ADD | FROM_OPERAND, dst.number(), src);
  }

  public void add(Gpr dst, int value) {
    immediate(BITS_64, OPCODE_ADD, dst, value);
  }

  public void add32(Gpr dst, Operand src) {
    encoder.general(BITS_32, OPCODE_ADD | FROM_OPERAND, dst.number(), src);
  }

  public void sub(Gpr dst, Operand src) {
    encoder.general(BITS_64, OPCODE_SUB | FROM_OPERAND, dst.number(), src);
  }

  public void sub(Gpr dst, int value) {
    immediate(BITS_64, OPCODE_SUB, dst, value);
  }

  public void sub32(Gpr dst, int value) {
    immediate(BITS_32, OPCODE_SUB, dst, value);
  }

  public void and(Gpr dst, Operand src) {
    encoder.general(BITS_64, OPCODE_AND | FROM_OPERAND, dst.number(), src);
  }

  public void and32(Gpr dst, Operand src) {
    encoder.general(BITS_32, OPCODE_AND + FROM_OPERAND, dst.number(), src);
  }

  public void and(Gpr dst, int value) {
    immediate(BITS_64, OPCODE_AND, dst, value);
  }

  public void and32(Gpr dst, int value) {
    immediate(BITS_32, OPCODE_AND, dst, value);
  }

  public void or32(Gpr dst, int value) {
    immediate(BITS_32, OPCODE_OR, dst, value);
  }

  public void xor(Gpr dst, Operand src) {
    encoder.general(BITS_64, OPCODE_XOR | FROM_OPERAND, dst.number(), src);
  }

  public void xor(Gpr dst, int value) {
    immediate(BITS_64, OPCODE_XOR, dst, value);
  }

  public void xor32(Gpr dst, Operand src) {
    encoder.general(BITS_32, OPCODE_XOR | FROM_OPERAND, dst.number(), src);
  }

  public void cmp(Gpr a, Operand b) {
    encoder.general(BITS_64, OPCODE_CMP | FROM_OPERAND, a.number(), b);
  }

  public void cmp(Gpr a, int value) {
    immediate(BITS_64, OPCODE_CMP, a, value);
  }

  public void cmp32(Gpr a, Operand b) {
    encoder.general(BITS_32, OPCODE_CMP | FROM_OPERAND, a.number(), b);
  }

  public void cmp32(Gpr a, int value) {
    immediate(BITS_32, OPCODE_CMP, a, value);
  }

  public void test32(Gpr register, int mask) {
    encoder.general(BITS_32, 0xF7, 0, register, Integer.BYTES);
    code.putInt(mask);
  }

  public void neg(Gpr register) {
    encoder.general(BITS_64, 0xF7, 3, register);
  }

  public void imul(Gpr dst, Operand src) {
    encoder.general(BITS_64, 0x0FAF, dst.number(), src);
  }

  /** {@code dst = src × value}. */
  public void imul(Gpr dst, Operand src, int value) {
    if (value == (byte) value) {
      encoder.general(BITS_64, 0x6B, dst.number(), src, 1);
      code.put(value);
    } else {
      encoder.general(BITS_64, 0x69, dst.number(), src, Integer.BYTES);
      code.putInt(value);
    }
  }

  /** {@code RDX:RAX = RAX × operand}, unsigned. */
  public void mul(Operand operand) {
    encoder.general(BITS_64, 0xF7, 4, operand);
  }

  /** {@code RDX:RAX = RAX × operand}, signed. */
  public void imul(Operand operand) {
    encoder.general(BITS_64, 0xF7, 5, operand);
  }

  /** {@code RAX = RDX:RAX ÷ operand}, unsigned, the remainder in RDX; the quotient must fit. */
  public void div(Operand operand) {
    encoder.general(BITS_64, 0xF7, 6, operand);
  }

  /** The number of the highest bit that is set in {@code src}, which must not be zero. */
  public void bsr(Gpr dst, Operand src) {
    encoder.general(BITS_64, 0x0FBD, dst.number(), src);
  }

  /** {@code high:low = RDX × operand}, unsigned, flags kept (BMI2). */
  public void mulx(Gpr high, Gpr low, Operand operand) {
    encoder.vexGeneral(Map.M0F38, Prefix.PF2, 0xF6, high.number(), low.number(), operand, 0);
  }

  public void ror(Gpr register, int count) {
    shift(BITS_64, 1, register, count);
  }

  public void rol(Gpr register, int count) {
    shift(BITS_64, 0, register, count);
  }

  public void shl(Gpr register, int count) {
    shift(BITS_64, 4, register, count);
  }

  public void shr(Gpr register, int count) {
    shift(BITS_64, 5, register, count);
  }

  public void sar(Gpr register, int count) {
    shift(BITS_64, 7, register, count);
  }

  public void rol32(Gpr register, int count) {
    shift(BITS_32, 0, register, count);
  }

  public void shr32(Gpr register, int count) {
    shift(BITS_32, 5, register, count);
  }

  /** Rotates right by the number in CL. */
  public void rorByCl(Gpr register) {
    encoder.general(BITS_64, 0xD3, 1, register);
  }

  /** Rotates left by the number in CL. */
  public void rolByCl(Gpr register) {
    encoder.general(BITS_64, 0xD3, 0, register);
  }

  /** {@code dst = src} rotated right, flags kept (BMI2). */
  public void rorx(Gpr dst, Operand src, int count) {
    encoder.vexGeneral(Map.M0F3A, Prefix.PF2, 0xF0, dst.number(), 0, src, 1);
    code.put(count);
  }

  private void shift(OperandSize size, int digit, Gpr register, int count) {
    encoder.general(size, 0xC1, digit, register, 1);
    code.put(count);
  }

  private void immediate(OperandSize size, int opcode, Gpr dst, int value) {
    int digit = opcode >>> 3;
    if (value == (byte) value) {
      encoder.general(size, 0x83, digit, dst, 1);
      code.put(value);
    } else if (dst == Gpr.RAX) {
      encoder.shortGeneral(size, opcode | TO_RAX, dst);
      code.putInt(value);
    } else {
      encoder.general(size, 0x81, digit, dst, Integer.BYTES);
      code.putInt(value);
    }
  }

  // Control.

  /** A jump: short to a near label behind, of 32 bits to one that is still to be bound. */
  public void jmp(Label target) {
    if (isShortBack(target)) {
      jmpShort(target);
    } else {
      code.put(0xE9);
      references.near(target, 0, 0);
    }
  }

  /** A jump to a label that is not bound yet and will be less than 128 bytes on. */
  public void jmpShort(Label target) {
    code.put(0xEB);
    references.shortJump(target);
  }

  public void jmp(Operand target) {
    encoder.general(BITS_32, 0xFF, 4, target);
  }

  /** A jump: short to a near label behind, of 32 bits to one that is still to be bound. */
  public void jump(Condition condition, Label target) {
    if (isShortBack(target)) {
      jumpShort(condition, target);
    } else {
      code.put(0x0F);
      code.put(0x80 | condition.ordinal());
      references.near(target, 0, 0);
    }
  }

  /** A jump to a label that is not bound yet and will be less than 128 bytes on. */
  public void jumpShort(Condition condition, Label target) {
    code.put(0x70 | condition.ordinal());
    references.shortJump(target);
  }

  public void call(Label target) {
    code.put(0xE8);
    references.near(target, 0, 0);
  }

  public void call(Operand target) {
    encoder.general(BITS_32, 0xFF, 2, target);
  }

  public void ret() {
    code.put(0xC3);
  }

  /** A breakpoint; what must never be executed. */
  public void int3() {
    code.put(0xCC);
  }

  private boolean isShortBack(Label target) {
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
    encoder.general(BITS_32, 0x0FAE, 2, src);
  }

  public void stmxcsr(Address dst) {
    encoder.general(BITS_32, 0x0FAE, 3, dst);
  }

  public void vzeroupper() {
    code.put(0xC5);
    code.put(0xF8);
    code.put(0x77);
  }

  /** Fetches a line into all levels of the cache. */
  public void prefetcht0(Address line) {
    encoder.general(BITS_32, 0x0F18, 1, line);
  }

  /** Fetches a line that is used once. */
  public void prefetchnta(Address line) {
    encoder.general(BITS_32, 0x0F18, 0, line);
  }

  public void sfence() {
    code.put(0x0F);
    code.put(0xAE);
    code.put(0xF8);
  }

  // Between vector, mask and general-purpose registers.

  /**
   * The low 64 bits of a register below XMM16. The upper 64 of its 128 bits become zero, those
   * beyond stay (legacy form).
   */
  public void movq(VectorRegister dst, Gpr src) {
    OperandRules.requireLow(dst);
    code.put(Prefix.P66.legacy);
    encoder.general(BITS_64, 0x0F6E, dst.number(), src);
  }

  /** The low 64 bits of a register below XMM16 (legacy form). */
  public void movq(Gpr dst, VectorRegister src) {
    OperandRules.requireLow(src);
    code.put(Prefix.P66.legacy);
    encoder.general(BITS_64, 0x0F7E, src.number(), dst);
  }

  /** Every 64-bit lane of a vector register (AVX-512). */
  public void broadcastq(VectorRegister dst, Gpr src) {
    int length = Evex.length(dst.width());
    encoder.evexMixed(Map.M0F38, Prefix.P66, 0x7C, dst.number(), length, src);
  }

  /** Sets a mask register from a general-purpose one, 8 bits (AVX-512DQ). */
  public void kmovb(int mask, Gpr src) {
    OperandRules.requireMask(mask);
    encoder.vexMixed(Map.M0F, Prefix.P66, 0x92, mask, src);
  }

  /** {@code mask = the lanes in which a's sign bit is set} (AVX-512DQ). */
  public void movq2m(int mask, VectorRegister src) {
    OperandRules.requireMask(mask);
    int length = Evex.length(src.width());
    encoder.evexMixed(Map.M0F38, Prefix.PF3, 0x39, mask, length, src);
  }

  // Legacy forms: the destination is a source, too; 128 bits, registers 0 to 15.

  public void sse(VectorOperation op, VectorRegister dst, Operand src) {
    vectors.legacy(op, dst, src, 0);
  }

  public void sse(VectorOperation op, VectorRegister dst, Operand src, int immediate) {
    vectors.legacy(op, dst, src, 1);
    code.put(immediate);
  }

  /** A store. */
  public void sse(VectorOperation op, Address dst, VectorRegister src) {
    vectors.legacyStore(op, dst, src);
  }

  /** A shift by an immediate. */
  public void sseShift(VectorOperation op, VectorRegister register, int count) {
    vectors.legacyShift(op, register);
    code.put(count);
  }

  // VEX forms, and EVEX forms where VEX cannot say it.

  /** An instruction of one source, such as a load. */
  public void vector(VectorOperation op, VectorRegister dst, Operand src) {
    vectors.oneSource(op, dst, src, 0);
  }

  /** An instruction of one source and an immediate. */
  public void vector(VectorOperation op, VectorRegister dst, Operand src, int immediate) {
    vectors.oneSource(op, dst, src, 1);
    code.put(immediate);
  }

  /** An instruction of two sources. */
  public void vector(VectorOperation op, VectorRegister dst, VectorRegister a, Operand b) {
    vectors.twoSources(op, dst, a, b, 0);
  }

  /** An instruction of two sources and an immediate. */
  public void vector(
      VectorOperation op, VectorRegister dst, VectorRegister a, Operand b, int immediate) {
    vectors.twoSources(op, dst, a, b, 1);
    code.put(immediate);
  }

  /** A store. */
  public void vector(VectorOperation op, Address dst, VectorRegister src) {
    vectors.store(op, dst, src);
  }

  /** A part of a register, which the immediate chooses. */
  public void extract(VectorOperation op, Operand dst, VectorRegister src, int immediate) {
    vectors.extract(op, dst, src);
    code.put(immediate);
  }

  /** A shift by an immediate. */
  public void vectorShift(VectorOperation op, VectorRegister dst, VectorRegister src, int count) {
    vectors.shift(op, dst, src);
    code.put(count);
  }

  // EVEX forms only (AVX-512).

  /** An instruction of two sources in its EVEX form, even where VEX could say it. */
  public void evex(VectorOperation op, VectorRegister dst, VectorRegister a, Operand b) {
    vectors.evexTwoSources(op, dst, a, b);
  }

  /** An instruction of one source in its EVEX form, even where VEX could say it. */
  public void evex(VectorOperation op, VectorRegister dst, Operand src) {
    vectors.evexOneSource(op, dst, src);
  }

  /**
   * An instruction that rounds in a mode of its own. Only whole 512-bit registers and scalars have
   * this form.
   */
  public void rounded(
      VectorOperation op, Rounding rounding, VectorRegister dst, VectorRegister a, Operand b) {
    vectors.roundedTwoSources(op, rounding, dst, a, b);
  }

  /** The same with one source. */
  public void rounded(VectorOperation op, Rounding rounding, VectorRegister dst, Operand src) {
    vectors.roundedOneSource(op, rounding, dst, src);
  }

  /** An instruction whose second source is one 64-bit word of memory for all lanes. */
  public void broadcast(VectorOperation op, VectorRegister dst, VectorRegister a, Address word) {
    vectors.broadcastTwoSources(op, dst, a, word);
  }

  /** An instruction that changes only the lanes that a mask register, 1 to 7, names. */
  public void masked(
      VectorOperation op, VectorRegister dst, int mask, VectorRegister a, Operand b) {
    vectors.maskedTwoSources(op, dst, mask, a, b);
  }

  /** The same with one source and an immediate. */
  public void masked(VectorOperation op, VectorRegister dst, int mask, Operand src, int immediate) {
    vectors.maskedOneSource(op, dst, mask, src, 1);
    code.put(immediate);
  }
}
