package io.p2pmining.core.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The instructions whose bytes are compared one by one: every form with listed operands. */
final class ListedInstructions {

  private static final int ROWS = 5;

  /** Forms that go through every place in memory, one for each way in which one is encoded. */
  private static final Set<String> EVERY_PLACE =
      Set.of(
          "mov 64",
          "mov32 store immediate",
          "rorx",
          "MOVDQU legacy",
          "SHUFPD legacy",
          "PADDQ XMM",
          "PALIGNR YMM",
          "PADDQ ZMM",
          "MOVAPS_STORE ZMM",
          "CVTDQ2PD ZMM",
          "BROADCASTI32X4 ZMM",
          "PTERNLOGQ XMM",
          "EXTRACTI64X4 ZMM");

  private ListedInstructions() {}

  static List<Instruction> all() {
    List<Instruction> instructions = new ArrayList<>();
    addTo(instructions, GeneralForms.all(), ListedOperands.IMMEDIATE_COUNT);
    addTo(instructions, VectorForms.all(), ROWS);
    instructions.addAll(LabelPrograms.all());
    return instructions.stream().distinct().toList();
  }

  private static void addTo(List<Instruction> instructions, List<InstructionForm> forms, int rows) {
    int place = 0;
    for (InstructionForm form : forms) {
      for (int row = 0; row < rows; row++) {
        instructions.add(form.with(new ListedOperands(row, place++)));
      }
      if (EVERY_PLACE.contains(form.name())) {
        for (int i = 0; i < ListedOperands.PLACE_COUNT; i++) {
          int row = ListedOperands.REGISTER_ROWS + i % 2;
          instructions.add(form.with(new ListedOperands(row, i)));
        }
      }
    }
  }
}
