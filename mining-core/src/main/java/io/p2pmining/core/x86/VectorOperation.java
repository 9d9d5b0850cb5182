package io.p2pmining.core.x86;

import io.p2pmining.core.x86.VectorRegister.Width;

/**
 * The vector instructions by what they encode to (Intel's manual, volume 2). Names are those of the
 * legacy or VEX form; the forms that a register or width needs are chosen by the assembler.
 */
public enum VectorOperation {
  // Double precision.
  ADDPD(Prefix.P66, Map.M0F, 0x58, 0, 1, Forms.ALL, Tuple.FULL),
  SUBPD(Prefix.P66, Map.M0F, 0x5C, 0, 1, Forms.ALL, Tuple.FULL),
  MULPD(Prefix.P66, Map.M0F, 0x59, 0, 1, Forms.ALL, Tuple.FULL),
  DIVPD(Prefix.P66, Map.M0F, 0x5E, 0, 1, Forms.ALL, Tuple.FULL),
  SQRTPD(Prefix.P66, Map.M0F, 0x51, 0, 1, Forms.ALL, Tuple.FULL),
  ADDSD(Prefix.PF2, Map.M0F, 0x58, 0, 1, Forms.ALL, Tuple.QUADWORD),
  SUBSD(Prefix.PF2, Map.M0F, 0x5C, 0, 1, Forms.ALL, Tuple.QUADWORD),
  MULSD(Prefix.PF2, Map.M0F, 0x59, 0, 1, Forms.ALL, Tuple.QUADWORD),
  DIVSD(Prefix.PF2, Map.M0F, 0x5E, 0, 1, Forms.ALL, Tuple.QUADWORD),
  SQRTSD(Prefix.PF2, Map.M0F, 0x51, 0, 1, Forms.ALL, Tuple.QUADWORD),
  ANDPD(Prefix.P66, Map.M0F, 0x54, 0, 1, Forms.ALL, Tuple.FULL),
  ORPD(Prefix.P66, Map.M0F, 0x56, 0, 1, Forms.ALL, Tuple.FULL),
  XORPD(Prefix.P66, Map.M0F, 0x57, 0, 1, Forms.ALL, Tuple.FULL),
  ANDPS(Prefix.NONE, Map.M0F, 0x54, 0, 0, Forms.ALL, Tuple.FULL),
  ORPS(Prefix.NONE, Map.M0F, 0x56, 0, 0, Forms.ALL, Tuple.FULL),
  XORPS(Prefix.NONE, Map.M0F, 0x57, 0, 0, Forms.ALL, Tuple.FULL),
  CVTDQ2PD(Prefix.PF3, Map.M0F, 0xE6, 0, 0, Forms.ALL, Tuple.HALF),
  SHUFPD(Prefix.P66, Map.M0F, 0xC6, 0, 1, Forms.ALL, Tuple.FULL),
  MOVDDUP(Prefix.PF2, Map.M0F, 0x12, 0, 1, Forms.ALL, Tuple.DUPLICATED),
  UNPCKLPD(Prefix.P66, Map.M0F, 0x14, 0, 1, Forms.ALL, Tuple.FULL),
  UNPCKHPD(Prefix.P66, Map.M0F, 0x15, 0, 1, Forms.ALL, Tuple.FULL),

  // Moves; the second of a pair writes to memory.
  MOVAPS(Prefix.NONE, Map.M0F, 0x28, 0, 0, Forms.ALL, Tuple.FULL),
  MOVAPS_STORE(Prefix.NONE, Map.M0F, 0x29, 0, 0, Forms.ALL, Tuple.FULL),
  MOVUPS(Prefix.NONE, Map.M0F, 0x10, 0, 0, Forms.ALL, Tuple.FULL),
  MOVUPS_STORE(Prefix.NONE, Map.M0F, 0x11, 0, 0, Forms.ALL, Tuple.FULL),
  MOVDQA(Prefix.P66, Map.M0F, 0x6F, 0, 1, Forms.ALL, Tuple.FULL),
  MOVDQA_STORE(Prefix.P66, Map.M0F, 0x7F, 0, 1, Forms.ALL, Tuple.FULL),
  MOVDQU(Prefix.PF3, Map.M0F, 0x6F, 0, 1, Forms.ALL, Tuple.FULL),
  MOVDQU_STORE(Prefix.PF3, Map.M0F, 0x7F, 0, 1, Forms.ALL, Tuple.FULL),
  MOVNTDQ(Prefix.P66, Map.M0F, 0xE7, 0, 0, Forms.ALL, Tuple.FULL),

  // Integers.
  PXOR(Prefix.P66, Map.M0F, 0xEF, 0, 1, Forms.ALL, Tuple.FULL),
  PAND(Prefix.P66, Map.M0F, 0xDB, 0, 1, Forms.ALL, Tuple.FULL),
  PANDN(Prefix.P66, Map.M0F, 0xDF, 0, 1, Forms.ALL, Tuple.FULL),
  POR(Prefix.P66, Map.M0F, 0xEB, 0, 1, Forms.ALL, Tuple.FULL),
  PADDD(Prefix.P66, Map.M0F, 0xFE, 0, 0, Forms.ALL, Tuple.FULL),
  PADDQ(Prefix.P66, Map.M0F, 0xD4, 0, 1, Forms.ALL, Tuple.FULL),
  PSUBQ(Prefix.P66, Map.M0F, 0xFB, 0, 1, Forms.ALL, Tuple.FULL),
  PMULUDQ(Prefix.P66, Map.M0F, 0xF4, 0, 1, Forms.ALL, Tuple.FULL),
  PMULDQ(Prefix.P66, Map.M0F38, 0x28, 0, 1, Forms.ALL, Tuple.FULL),
  PMULLQ(Prefix.P66, Map.M0F38, 0x40, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PMADD52LUQ(Prefix.P66, Map.M0F38, 0xB4, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PMADD52HUQ(Prefix.P66, Map.M0F38, 0xB5, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PCMPGTQ(Prefix.P66, Map.M0F38, 0x37, 0, 1, Forms.VEX_ONLY, Tuple.FULL),
  PTERNLOGQ(Prefix.P66, Map.M0F3A, 0x25, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PRORVQ(Prefix.P66, Map.M0F38, 0x14, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PROLVQ(Prefix.P66, Map.M0F38, 0x15, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PSRLVQ(Prefix.P66, Map.M0F38, 0x45, 1, 1, Forms.NO_LEGACY, Tuple.FULL),
  PSLLVQ(Prefix.P66, Map.M0F38, 0x47, 1, 1, Forms.NO_LEGACY, Tuple.FULL),

  // Shifts by an immediate: the encoding's reg field holds part of the opcode.
  PSRLD_IMMEDIATE(Prefix.P66, Map.M0F, 0x72, 0, 0, Forms.ALL, Tuple.FULL, 2),
  PSRLQ_IMMEDIATE(Prefix.P66, Map.M0F, 0x73, 0, 1, Forms.ALL, Tuple.FULL, 2),
  PSLLQ_IMMEDIATE(Prefix.P66, Map.M0F, 0x73, 0, 1, Forms.ALL, Tuple.FULL, 6),
  PSRLDQ_IMMEDIATE(Prefix.P66, Map.M0F, 0x73, 0, 0, Forms.ALL, Tuple.FULL, 3),
  PSLLDQ_IMMEDIATE(Prefix.P66, Map.M0F, 0x73, 0, 0, Forms.ALL, Tuple.FULL, 7),
  PSRAD_IMMEDIATE(Prefix.P66, Map.M0F, 0x72, 0, 0, Forms.ALL, Tuple.FULL, 4),
  PSRAQ_IMMEDIATE(Prefix.P66, Map.M0F, 0x72, 0, 1, Forms.EVEX_ONLY, Tuple.FULL, 4),
  PRORQ_IMMEDIATE(Prefix.P66, Map.M0F, 0x72, 0, 1, Forms.EVEX_ONLY, Tuple.FULL, 0),
  PROLQ_IMMEDIATE(Prefix.P66, Map.M0F, 0x72, 0, 1, Forms.EVEX_ONLY, Tuple.FULL, 1),

  // Rearrangement.
  PSHUFD(Prefix.P66, Map.M0F, 0x70, 0, 0, Forms.ALL, Tuple.FULL),
  PSHUFB(Prefix.P66, Map.M0F38, 0x00, 0, 0, Forms.ALL, Tuple.FULL),
  PALIGNR(Prefix.P66, Map.M0F3A, 0x0F, 0, 0, Forms.ALL, Tuple.FULL),
  PUNPCKLQDQ(Prefix.P66, Map.M0F, 0x6C, 0, 1, Forms.ALL, Tuple.FULL),
  PUNPCKHQDQ(Prefix.P66, Map.M0F, 0x6D, 0, 1, Forms.ALL, Tuple.FULL),
  PUNPCKLDQ(Prefix.P66, Map.M0F, 0x62, 0, 0, Forms.ALL, Tuple.FULL),
  PUNPCKHDQ(Prefix.P66, Map.M0F, 0x6A, 0, 0, Forms.ALL, Tuple.FULL),
  PBLENDW(Prefix.P66, Map.M0F3A, 0x0E, 0, 0, Forms.NO_EVEX, Tuple.FULL),
  PBLENDMQ(Prefix.P66, Map.M0F38, 0x64, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PBLENDD(Prefix.P66, Map.M0F3A, 0x02, 0, 0, Forms.VEX_ONLY, Tuple.FULL),
  PERM2I128(Prefix.P66, Map.M0F3A, 0x46, 0, 0, Forms.VEX_ONLY, Tuple.FULL),
  PERMQ_IMMEDIATE(Prefix.P66, Map.M0F3A, 0x00, 1, 1, Forms.NO_LEGACY, Tuple.FULL),
  PERMQ(Prefix.P66, Map.M0F38, 0x36, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PERMI2Q(Prefix.P66, Map.M0F38, 0x76, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PERMT2Q(Prefix.P66, Map.M0F38, 0x7E, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  SHUFI64X2(Prefix.P66, Map.M0F3A, 0x43, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  ALIGNQ(Prefix.P66, Map.M0F3A, 0x03, 0, 1, Forms.EVEX_ONLY, Tuple.FULL),
  PBROADCASTQ(Prefix.P66, Map.M0F38, 0x59, 0, 1, Forms.NO_LEGACY, Tuple.QUADWORD),
  BROADCASTI128(Prefix.P66, Map.M0F38, 0x5A, 0, 0, Forms.VEX_ONLY, Tuple.FULL),
  BROADCASTI32X4(Prefix.P66, Map.M0F38, 0x5A, 0, 0, Forms.EVEX_ONLY, Tuple.SIXTEEN),

  // The first operand is the destination, in memory or a register; the register is the source.
  EXTRACTI128(Prefix.P66, Map.M0F3A, 0x39, 0, 0, Forms.VEX_ONLY, Tuple.SIXTEEN),
  EXTRACTI64X2(Prefix.P66, Map.M0F3A, 0x39, 0, 1, Forms.EVEX_ONLY, Tuple.SIXTEEN),
  EXTRACTI64X4(Prefix.P66, Map.M0F3A, 0x3B, 0, 1, Forms.EVEX_ONLY, Tuple.THIRTY_TWO),
  INSERTI128(Prefix.P66, Map.M0F3A, 0x38, 0, 0, Forms.VEX_ONLY, Tuple.SIXTEEN),
  INSERTI64X2(Prefix.P66, Map.M0F3A, 0x38, 0, 1, Forms.EVEX_ONLY, Tuple.SIXTEEN),
  INSERTI64X4(Prefix.P66, Map.M0F3A, 0x3A, 0, 1, Forms.EVEX_ONLY, Tuple.THIRTY_TWO),

  // AES.
  AESENC(Prefix.P66, Map.M0F38, 0xDC, 0, 0, Forms.ALL, Tuple.FULL),
  AESDEC(Prefix.P66, Map.M0F38, 0xDE, 0, 0, Forms.ALL, Tuple.FULL);

  /** The mandatory prefix; in the order of the VEX encoding. */
  enum Prefix {
    NONE(0),
    P66(0x66),
    PF3(0xF3),
    PF2(0xF2);

    final int legacy;

    Prefix(int legacy) {
      this.legacy = legacy;
    }
  }

  /** The opcode map; in the order of the VEX encoding, from 1 on. */
  enum Map {
    M0F,
    M0F38,
    M0F3A;

    int number() {
      return ordinal() + 1;
    }
  }

  /** Which encodings exist. */
  enum Forms {
    ALL(true, true, true),
    NO_EVEX(true, true, false),
    NO_LEGACY(false, true, true),
    VEX_ONLY(false, true, false),
    EVEX_ONLY(false, false, true);

    final boolean legacy;
    final boolean vex;
    final boolean evex;

    Forms(boolean legacy, boolean vex, boolean evex) {
      this.legacy = legacy;
      this.vex = vex;
      this.evex = evex;
    }
  }

  /** How much the operand that may lie in memory holds, by the width of the instruction. */
  enum Tuple {
    FULL,
    HALF,
    QUADWORD,
    /** Of 128 bits only the lower half is read, of more bits all. */
    DUPLICATED,
    SIXTEEN,
    THIRTY_TWO;

    /** Its bytes: by so many counts an 8-bit displacement of the EVEX form. */
    int bytes(Width width) {
      return switch (this) {
        case FULL -> width.bytes();
        case HALF -> width.bytes() / 2;
        case QUADWORD -> Long.BYTES;
        case DUPLICATED -> width == Width.XMM ? Long.BYTES : width.bytes();
        case SIXTEEN -> 16;
        case THIRTY_TWO -> 32;
      };
    }

    /** How wide the operand is where it is a register. */
    Width registerWidth(Width width) {
      return switch (this) {
        case FULL, DUPLICATED -> width;
        case HALF -> width == Width.ZMM ? Width.YMM : Width.XMM;
        case QUADWORD, SIXTEEN -> Width.XMM;
        case THIRTY_TWO -> Width.YMM;
      };
    }
  }

  private static final int NO_DIGIT = -1;

  final Prefix prefix;
  final Map map;
  final int opcode;
  final int vexW;
  final int evexW;
  final Forms forms;
  final Tuple tuple;
  final int digit;

  VectorOperation(
      Prefix prefix, Map map, int opcode, int vexW, int evexW, Forms forms, Tuple tuple) {
    this(prefix, map, opcode, vexW, evexW, forms, tuple, NO_DIGIT);
  }

  VectorOperation(
      Prefix prefix,
      Map map,
      int opcode,
      int vexW,
      int evexW,
      Forms forms,
      Tuple tuple,
      int digit) {
    this.prefix = prefix;
    this.map = map;
    this.opcode = opcode;
    this.vexW = vexW;
    this.evexW = evexW;
    this.forms = forms;
    this.tuple = tuple;
    this.digit = digit;
  }

  boolean isShiftByImmediate() {
    return digit != NO_DIGIT;
  }
}
