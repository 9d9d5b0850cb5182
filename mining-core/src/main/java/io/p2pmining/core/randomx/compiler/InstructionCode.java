package io.p2pmining.core.randomx.compiler;

import static io.p2pmining.core.randomx.compiler.RegisterMap.SCALE;
import static io.p2pmining.core.randomx.compiler.RegisterMap.SCRATCH;
import static io.p2pmining.core.randomx.compiler.RegisterMap.SCRATCHPAD;
import static io.p2pmining.core.randomx.compiler.RegisterMap.a;
import static io.p2pmining.core.randomx.compiler.RegisterMap.e;
import static io.p2pmining.core.randomx.compiler.RegisterMap.f;
import static io.p2pmining.core.randomx.compiler.RegisterMap.fe;
import static io.p2pmining.core.randomx.compiler.RegisterMap.r;
import static io.p2pmining.core.x86.Gpr.RAX;
import static io.p2pmining.core.x86.Gpr.RCX;
import static io.p2pmining.core.x86.Gpr.RDX;
import static io.p2pmining.core.x86.VectorOperation.ADDPD;
import static io.p2pmining.core.x86.VectorOperation.DIVPD;
import static io.p2pmining.core.x86.VectorOperation.MULPD;
import static io.p2pmining.core.x86.VectorOperation.SUBPD;
import static io.p2pmining.core.x86.VectorOperation.XORPS;

import io.p2pmining.core.randomx.program.Opcode;
import io.p2pmining.core.randomx.program.ScratchpadSizes;
import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Gpr;
import io.p2pmining.core.x86.VectorOperation;

/**
 * The machine code of single instructions (specification, section 5) with {@link #IMMEDIATE} in
 * place of the immediate. What depends on more than the instruction word is added by {@link
 * ProgramEncoder}: the jump of CBRANCH, the constant of IMUL_RCP, and all of CFROUND.
 */
final class InstructionCode {

  /** Stands for the immediate of 32 bits; its bytes occur in no other part of the code. */
  static final int IMMEDIATE = 0x5A5A5A5A;

  /** RANDOMX_JUMP_BITS and RANDOMX_JUMP_OFFSET; no variant changes them. */
  static final int JUMP_BITS = 8;

  static final int JUMP_OFFSET = 8;

  private static final int DISPLACED_REGISTER = 5;

  private final FloatCode floats;
  private final ScratchpadSizes sizes;
  private final boolean bmi2;

  InstructionCode(FloatCode floats, ScratchpadSizes sizes, boolean bmi2) {
    this.floats = floats;
    this.sizes = sizes;
    this.bmi2 = bmi2;
  }

  /** The address mask of a memory operand of this class, see {@link ModClass}. */
  int mask(int modClass) {
    return switch (modClass) {
      case 0 -> sizes.l1Mask();
      case 1 -> sizes.l2Mask();
      default -> sizes.l3Mask();
    };
  }

  /**
   * Writes the code of one instruction.
   *
   * @param dst 0 to 7
   * @param src 0 to 7
   * @param modClass what the third byte means for this instruction, see {@link ModClass}
   */
  void write(Assembler asm, Opcode opcode, int dst, int src, int modClass) {
    switch (opcode) {
      case IADD_RS -> addShifted(asm, dst, src, modClass);
      case IADD_M -> asm.add(r(dst), operand(asm, dst, src, modClass));
      case ISUB_M -> asm.sub(r(dst), operand(asm, dst, src, modClass));
      case IMUL_M -> asm.imul(r(dst), operand(asm, dst, src, modClass));
      case IXOR_M -> asm.xor(r(dst), operand(asm, dst, src, modClass));
      case IMULH_M -> multiplyHigh(asm, dst, operandBeside(asm, dst, src, modClass));
      case ISMULH_M -> multiplyHighSigned(asm, dst, operandBeside(asm, dst, src, modClass));
      case ISUB_R, IXOR_R, IMUL_R -> arithmetic(asm, opcode, dst, src);
      case IMULH_R -> multiplyHigh(asm, dst, r(src));
      case ISMULH_R -> multiplyHighSigned(asm, dst, r(src));
      case IMUL_RCP -> asm.imul(r(dst), Address.at(RegisterMap.LANES, IMMEDIATE));
      case INEG_R -> asm.neg(r(dst));
      case IROR_R, IROL_R -> rotate(asm, opcode, dst, src);
      case ISWAP_R -> {
        if (src != dst) {
          asm.xchg(r(dst), r(src));
        }
      }
      case FSWAP_R -> floats.swap(asm, fe(dst));
      case FADD_R -> floats.compute(asm, ADDPD, f(dst & 3), a(src & 3));
      case FSUB_R -> floats.compute(asm, SUBPD, f(dst & 3), a(src & 3));
      case FMUL_R -> floats.compute(asm, MULPD, e(dst & 3), a(src & 3));
      case FADD_M -> computeFromMemory(asm, ADDPD, dst, src, modClass);
      case FSUB_M -> computeFromMemory(asm, SUBPD, dst, src, modClass);
      case FDIV_M -> {
        floats.convert(asm, SCRATCH, address(asm, src, modClass));
        floats.toGroupE(asm, SCRATCH);
        floats.compute(asm, DIVPD, e(dst & 3), SCRATCH);
      }
      case FSCAL_R -> floats.bitwise(asm, XORPS, f(dst & 3), SCALE);
      case FSQRT_R -> floats.squareRoot(asm, e(dst & 3));
      case CBRANCH -> {
        asm.add(r(dst), IMMEDIATE);
        asm.test32(r(dst), ((1 << JUMP_BITS) - 1) << (modClass + JUMP_OFFSET));
      }
      case ISTORE -> asm.mov(address(asm, dst, modClass), r(src));
      case CFROUND, NOP -> {}
    }
  }

  /** Whether the code ends with an instruction that rounds. */
  static boolean rounds(Opcode opcode) {
    return switch (opcode) {
      case FADD_R, FADD_M, FSUB_R, FSUB_M, FMUL_R, FDIV_M, FSQRT_R -> true;
      default -> false;
    };
  }

  private static void addShifted(Assembler asm, int dst, int src, int shift) {
    int displacement = dst == DISPLACED_REGISTER ? IMMEDIATE : 0;
    asm.lea(r(dst), Address.at(r(dst), r(src), 1 << shift, displacement));
  }

  private static void arithmetic(Assembler asm, Opcode opcode, int dst, int src) {
    boolean immediate = src == dst;
    switch (opcode) {
      case ISUB_R -> {
        if (immediate) {
          asm.sub(r(dst), IMMEDIATE);
        } else {
          asm.sub(r(dst), r(src));
        }
      }
      case IXOR_R -> {
        if (immediate) {
          asm.xor(r(dst), IMMEDIATE);
        } else {
          asm.xor(r(dst), r(src));
        }
      }
      default -> {
        if (immediate) {
          asm.imul(r(dst), r(dst), IMMEDIATE);
        } else {
          asm.imul(r(dst), r(src));
        }
      }
    }
  }

  private static void rotate(Assembler asm, Opcode opcode, int dst, int src) {
    boolean right = opcode == Opcode.IROR_R;
    if (src == dst) {
      if (right) {
        asm.ror(r(dst), IMMEDIATE & 0xff);
      } else {
        asm.rol(r(dst), IMMEDIATE & 0xff);
      }
      return;
    }
    asm.mov32(RCX, r(src));
    if (right) {
      asm.rorByCl(r(dst));
    } else {
      asm.rolByCl(r(dst));
    }
  }

  private void multiplyHigh(Assembler asm, int dst, io.p2pmining.core.x86.Operand operand) {
    if (bmi2) {
      asm.mov(RDX, r(dst));
      asm.mulx(r(dst), RAX, operand);
    } else {
      asm.mov(RAX, r(dst));
      asm.mul(operand);
      asm.mov(r(dst), RDX);
    }
  }

  private static void multiplyHighSigned(
      Assembler asm, int dst, io.p2pmining.core.x86.Operand operand) {
    asm.mov(RAX, r(dst));
    asm.imul(operand);
    asm.mov(r(dst), RDX);
  }

  private void computeFromMemory(
      Assembler asm, VectorOperation op, int dst, int src, int modClass) {
    floats.convert(asm, SCRATCH, address(asm, src, modClass));
    floats.compute(asm, op, f(dst & 3), SCRATCH);
  }

  /** The scratchpad operand of an integer instruction; where it names its own register, L3. */
  private Address operand(Assembler asm, int dst, int src, int modClass) {
    return src == dst ? Address.at(SCRATCHPAD, IMMEDIATE) : address(asm, src, modClass);
  }

  /** The same without touching RAX, which a multiplication needs. */
  private Address operandBeside(Assembler asm, int dst, int src, int modClass) {
    return src == dst ? Address.at(SCRATCHPAD, IMMEDIATE) : address(asm, RCX, src, modClass);
  }

  private Address address(Assembler asm, int register, int modClass) {
    return address(asm, RAX, register, modClass);
  }

  private Address address(Assembler asm, Gpr temporary, int register, int modClass) {
    asm.lea32(temporary, Address.at(r(register), IMMEDIATE));
    asm.and32(temporary, mask(modClass));
    return Address.at(SCRATCHPAD, temporary);
  }
}
