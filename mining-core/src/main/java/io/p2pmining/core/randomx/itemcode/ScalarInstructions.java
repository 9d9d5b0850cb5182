package io.p2pmining.core.randomx.itemcode;

import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RDX;

import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;

/**
 * Instructions of superscalar programs in general-purpose registers: r0 to r7 are R8 to R15, RAX
 * and RDX are scratch. Of an instruction's possible encodings it takes the shortest; that the
 * generator reckons with longer ones for some has no meaning here.
 *
 * @param mulx whether the processor has MULX (BMI2)
 */
record ScalarInstructions(Assembler asm, ConstantPool constants, boolean mulx) {

  /** The longest: ISMULH_R, in three machine instructions of three bytes. */
  static final int MAX_BYTES = 9;

  private static final int FIRST_REGISTER = 8;

  /** The register that stands for r0 to r7. */
  static Gpr register(int number) {
    return Gpr.of(FIRST_REGISTER + number);
  }

  void emit(SuperscalarInstruction instruction) {
    Gpr dst = register(instruction.dst());
    Gpr src = register(instruction.src());
    switch (instruction.opcode()) {
      case ISUB_R -> asm.sub(dst, src);
      case IXOR_R -> asm.xor(dst, src);
      case IADD_RS -> addShifted(dst, src, instruction.shift());
      case IMUL_R -> asm.imul(dst, src);
      case IROR_C -> asm.ror(dst, (int) instruction.constant());
      case IADD_C7, IADD_C8, IADD_C9 -> asm.add(dst, (int) instruction.constant());
      case IXOR_C7, IXOR_C8, IXOR_C9 -> asm.xor(dst, (int) instruction.constant());
      case IMULH_R -> multiplyHigh(dst, src);
      case ISMULH_R -> multiplyHighSigned(dst, src);
      case IMUL_RCP -> asm.imul(dst, constants.of(instruction.constant()));
    }
  }

  /** An addition alone takes a cycle less than one with a shift on many processors. */
  private void addShifted(Gpr dst, Gpr src, int shift) {
    if (shift == 0) {
      asm.add(dst, src);
    } else {
      asm.lea(dst, Address.at(dst, src, 1 << shift, 0));
    }
  }

  private void multiplyHigh(Gpr dst, Gpr src) {
    if (mulx) {
      asm.mov(RDX, dst);
      asm.mulx(dst, RAX, src);
    } else {
      asm.mov(RAX, dst);
      asm.mul(src);
      asm.mov(dst, RDX);
    }
  }

  private void multiplyHighSigned(Gpr dst, Gpr src) {
    asm.mov(RAX, dst);
    asm.imul(src);
    asm.mov(dst, RDX);
  }
}
