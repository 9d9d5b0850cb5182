package io.p2pmining.core.randomx.program;

/**
 * The instructions of the virtual machine (specification, section 5), in the order in which they
 * share out the 256 opcode bytes. R, F, E and A name register groups, M an operand in the
 * scratchpad.
 */
public enum Opcode {
  /** R: dst += src << shift, and for r5 += immediate. */
  IADD_RS,
  /** R: dst += [mem]. */
  IADD_M,
  /** R: dst −= src. */
  ISUB_R,
  /** R: dst −= [mem]. */
  ISUB_M,
  /** R: dst *= src. */
  IMUL_R,
  /** R: dst *= [mem]. */
  IMUL_M,
  /** R: dst = high half of the unsigned product dst × src. */
  IMULH_R,
  /** R: dst = high half of the unsigned product dst × [mem]. */
  IMULH_M,
  /** R: dst = high half of the signed product dst × src. */
  ISMULH_R,
  /** R: dst = high half of the signed product dst × [mem]. */
  ISMULH_M,
  /** R: dst *= reciprocal of the immediate. */
  IMUL_RCP,
  /** R: dst = −dst. */
  INEG_R,
  /** R: dst ^= src. */
  IXOR_R,
  /** R: dst ^= [mem]. */
  IXOR_M,
  /** R: dst rotated right by src. */
  IROR_R,
  /** R: dst rotated left by src. */
  IROL_R,
  /** R: dst and src change places. */
  ISWAP_R,
  /** F or E: the halves of dst change places. */
  FSWAP_R,
  /** F: dst += A. */
  FADD_R,
  /** F: dst += [mem]. */
  FADD_M,
  /** F: dst −= A. */
  FSUB_R,
  /** F: dst −= [mem]. */
  FSUB_M,
  /** F: the sign and the low four exponent bits of dst are flipped. */
  FSCAL_R,
  /** E: dst *= A. */
  FMUL_R,
  /** E: dst /= [mem]. */
  FDIV_M,
  /** E: dst = √dst. */
  FSQRT_R,
  /** R: dst += immediate; a jump back if the bits under the mask are zero. */
  CBRANCH,
  /** The rounding mode is set from src rotated right. */
  CFROUND,
  /** [mem] = src. */
  ISTORE,
  /** Nothing. */
  NOP
}
