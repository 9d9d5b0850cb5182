package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.randomx.program.Opcode;

/** What the {@code mod} byte of an instruction decides (specification, section 5.1.4). */
enum ModClass {
  /** Nothing. */
  NONE(1),
  /** The shift of IADD_RS. */
  SHIFT(4),
  /** The level of a memory operand: 0 for L1, 1 for L2. */
  LEVEL(2),
  /** The level of a store: 0 for L1, 1 for L2, 2 for L3. */
  STORE_LEVEL(3),
  /** The condition of CBRANCH. */
  CONDITION(16);

  /** Conditions from here on store to the whole scratchpad. */
  private static final int STORE_L3_CONDITION = 14;

  final int count;

  ModClass(int count) {
    this.count = count;
  }

  static ModClass of(Opcode opcode) {
    return switch (opcode) {
      case IADD_RS -> SHIFT;
      case IADD_M, ISUB_M, IMUL_M, IMULH_M, ISMULH_M, IXOR_M, FADD_M, FSUB_M, FDIV_M -> LEVEL;
      case ISTORE -> STORE_LEVEL;
      case CBRANCH -> CONDITION;
      case ISUB_R,
          IMUL_R,
          IMULH_R,
          ISMULH_R,
          IMUL_RCP,
          INEG_R,
          IXOR_R,
          IROR_R,
          IROL_R,
          ISWAP_R,
          FSWAP_R,
          FADD_R,
          FSUB_R,
          FSCAL_R,
          FMUL_R,
          FSQRT_R,
          CFROUND,
          NOP ->
          NONE;
    };
  }

  /** The class of a mod byte, 0 to {@link #count} − 1. */
  int of(int mod) {
    return switch (this) {
      case NONE -> 0;
      case SHIFT -> mod >>> 2 & 3;
      case LEVEL -> level(mod);
      case STORE_LEVEL -> mod >>> 4 >= STORE_L3_CONDITION ? 2 : level(mod);
      case CONDITION -> mod >>> 4;
    };
  }

  private static int level(int mod) {
    return (mod & 3) == 0 ? 1 : 0;
  }
}
