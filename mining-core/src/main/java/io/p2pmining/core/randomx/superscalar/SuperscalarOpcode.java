package io.p2pmining.core.randomx.superscalar;

import java.util.List;

/**
 * The instructions of superscalar programs (specification, table 6.1.1), in the order of their
 * numbers. IADD_C and IXOR_C are there three times, for the three sizes of their code.
 */
public enum SuperscalarOpcode {
  ISUB_R(Group.ADD_REGISTER, Operands.BOTH_AT_FIRST, MacroOp.SUB_RR),
  IXOR_R(Group.XOR_REGISTER, Operands.BOTH_AT_FIRST, MacroOp.XOR_RR),
  IADD_RS(Group.ADD_REGISTER, Operands.BOTH_AT_FIRST, MacroOp.LEA_SIB),
  IMUL_R(Group.MULTIPLY, Operands.BOTH_AT_FIRST, MacroOp.IMUL_RR),
  IROR_C(Group.ROTATE, Operands.DESTINATION_AT_FIRST, MacroOp.ROR_RI),
  IADD_C7(Group.ADD_CONSTANT, Operands.DESTINATION_AT_FIRST, MacroOp.ADD_RI),
  IXOR_C7(Group.XOR_CONSTANT, Operands.DESTINATION_AT_FIRST, MacroOp.XOR_RI),
  IADD_C8(Group.ADD_CONSTANT, Operands.DESTINATION_AT_FIRST, MacroOp.ADD_RI),
  IXOR_C8(Group.XOR_CONSTANT, Operands.DESTINATION_AT_FIRST, MacroOp.XOR_RI),
  IADD_C9(Group.ADD_CONSTANT, Operands.DESTINATION_AT_FIRST, MacroOp.ADD_RI),
  IXOR_C9(Group.XOR_CONSTANT, Operands.DESTINATION_AT_FIRST, MacroOp.XOR_RI),
  IMULH_R(
      Group.MULTIPLY_HIGH,
      Operands.DESTINATION_THEN_SOURCE,
      MacroOp.MOV_RR,
      MacroOp.MUL_R,
      MacroOp.MOV_RR),
  ISMULH_R(
      Group.MULTIPLY_HIGH_SIGNED,
      Operands.DESTINATION_THEN_SOURCE,
      MacroOp.MOV_RR,
      MacroOp.IMUL_R,
      MacroOp.MOV_RR),
  IMUL_RCP(
      Group.MULTIPLY_RECIPROCAL,
      Operands.DESTINATION_AT_SECOND,
      MacroOp.MOV_RI,
      MacroOp.IMUL_RR_AFTER_MOV);

  /** Operations that must not follow each other on a register with the same parameter. */
  enum Group {
    /** Addition and subtraction undo each other, so ISUB_R shares the group of IADD_RS. */
    ADD_REGISTER,
    XOR_REGISTER,
    MULTIPLY,
    ROTATE,
    ADD_CONSTANT,
    XOR_CONSTANT,
    MULTIPLY_HIGH,
    MULTIPLY_HIGH_SIGNED,
    MULTIPLY_RECIPROCAL
  }

  /** At which macro-op the registers are chosen and the result is written; −1 is never. */
  private enum Operands {
    BOTH_AT_FIRST(0, 0, 0),
    DESTINATION_AT_FIRST(-1, 0, 0),
    DESTINATION_AT_SECOND(-1, 1, 1),
    DESTINATION_THEN_SOURCE(1, 0, 1);

    private final int source;
    private final int destination;
    private final int result;

    Operands(int source, int destination, int result) {
      this.source = source;
      this.destination = destination;
      this.result = result;
    }
  }

  private final Group group;
  private final Operands operands;
  private final List<MacroOp> macroOps;

  SuperscalarOpcode(Group group, Operands operands, MacroOp... macroOps) {
    this.group = group;
    this.operands = operands;
    this.macroOps = List.of(macroOps);
  }

  /** The instructions whose first macro-op has this size, in the order of their choice. */
  static List<SuperscalarOpcode> fitting(int slotBytes, boolean lastSlot) {
    return switch (slotBytes) {
      case 3 -> lastSlot ? List.of(ISUB_R, IXOR_R, IMULH_R, ISMULH_R) : List.of(ISUB_R, IXOR_R);
      case 4 -> List.of(IROR_C, IADD_RS);
      case 7 -> List.of(IXOR_C7, IADD_C7);
      case 8 -> List.of(IXOR_C8, IADD_C8);
      case 9 -> List.of(IXOR_C9, IADD_C9);
      case 10 -> List.of(IMUL_RCP);
      default -> throw new IllegalArgumentException("slotBytes=" + slotBytes);
    };
  }

  Group group() {
    return group;
  }

  List<MacroOp> macroOps() {
    return macroOps;
  }

  boolean choosesSourceAt(int macroOp) {
    return macroOp == operands.source;
  }

  boolean choosesDestinationAt(int macroOp) {
    return macroOp == operands.destination;
  }

  boolean writesResultAt(int macroOp) {
    return macroOp == operands.result;
  }

  boolean isHighMultiplication() {
    return group == Group.MULTIPLY_HIGH || group == Group.MULTIPLY_HIGH_SIGNED;
  }

  boolean isMultiplication() {
    return group == Group.MULTIPLY || group == Group.MULTIPLY_RECIPROCAL || isHighMultiplication();
  }
}
