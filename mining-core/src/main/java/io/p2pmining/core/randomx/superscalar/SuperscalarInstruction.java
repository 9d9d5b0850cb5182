package io.p2pmining.core.randomx.superscalar;

import io.p2pmining.core.crypto.LittleEndian;

/**
 * An instruction of a superscalar program.
 *
 * @param opcode what it does
 * @param dst the register it changes, 0 to 7
 * @param src the register it reads, 0 to 7; the same as {@code dst} if it reads no other
 * @param mod for IADD_RS, the byte whose bits 2 and 3 are the shift
 * @param imm32 the constant, rotation or unsigned divisor
 */
public record SuperscalarInstruction(
    SuperscalarOpcode opcode, int dst, int src, int mod, int imm32) {

  /** The length of an encoded instruction in bytes. */
  static final int ENCODED_LENGTH = 8;

  /** By how many bits IADD_RS shifts its source, 0 to 3. */
  public int shift() {
    return mod >>> 2 & 3;
  }

  /** The 64-bit operand: imm32 with its sign extended, for IMUL_RCP the reciprocal of imm32. */
  public long constant() {
    return opcode == SuperscalarOpcode.IMUL_RCP ? Reciprocal.of(imm32) : imm32;
  }

  /** The instruction as bytes: opcode, dst, src, mod, imm32. */
  byte[] encoded() {
    byte[] bytes = new byte[ENCODED_LENGTH];
    bytes[0] = (byte) opcode.ordinal();
    bytes[1] = (byte) dst;
    bytes[2] = (byte) src;
    bytes[3] = (byte) mod;
    LittleEndian.putInt(bytes, 4, imm32);
    return bytes;
  }
}
