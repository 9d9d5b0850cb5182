package io.p2pmining.core.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The instructions whose bytes are compared one by one: every form with listed operands. */
final class ListedInstructions {

  private static final List<Integer> ROWS = List.of(0, 1, 2, 3, 4);

  private static final List<String> VARIANTS = List.of("masked", "evex", "broadcast");

  /** Of what differs from another form in a prefix only: high registers, one row in memory. */
  private static final List<Integer> FEW_ROWS = List.of(2, 4);

  private static final List<Integer> ROWS_OF_IMMEDIATES =
      IntStream.range(0, ListedOperands.IMMEDIATE_COUNT).boxed().toList();

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
    addTo(instructions, GeneralForms.all(), ROWS_OF_IMMEDIATES);
    addTo(instructions, VectorForms.all(), ROWS);
    instructions.addAll(LabelPrograms.all());
    return instructions.stream().distinct().toList();
  }

  private static void addTo(
      List<Instruction> instructions, List<InstructionForm> forms, List<Integer> rows) {
    for (InstructionForm form : forms) {
      int turn = firstPlace(form);
      boolean variant = VARIANTS.stream().anyMatch(form.name()::endsWith);
      for (int row : variant ? FEW_ROWS : rows) {
        instructions.add(form.with(ListedOperands.of(row, turn++)));
      }
      if (EVERY_PLACE.contains(form.name())) {
        for (int i = 0; i < ListedOperands.PLACE_COUNT; i++) {
          int row = ListedOperands.REGISTER_ROWS + i % 2;
          instructions.add(form.with(new ListedOperands(row, i)));
        }
      }
    }
  }

  /** Differs between forms, and stays when others are added. */
  private static int firstPlace(InstructionForm form) {
    return Math.floorMod(form.name().hashCode(), ListedOperands.PLACE_COUNT);
  }
}
