package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.randomx.superscalar.SuperscalarInstruction;
import io.p2pmining.core.randomx.superscalar.SuperscalarProgram;
import java.util.List;

/**
 * A program cut where its address register has its final value: from there on the next cache line
 * is known and can be fetched.
 *
 * @param before the instructions up to the last one that changes the address register
 * @param after the rest
 */
record SplitProgram(
    List<SuperscalarInstruction> before, int addressRegister, List<SuperscalarInstruction> after) {

  static SplitProgram of(SuperscalarProgram program) {
    List<SuperscalarInstruction> instructions = program.instructions();
    int cut = instructions.size();
    while (cut > 0 && instructions.get(cut - 1).dst() != program.addressRegister()) {
      cut--;
    }
    return new SplitProgram(
        instructions.subList(0, cut),
        program.addressRegister(),
        instructions.subList(cut, instructions.size()));
  }

  int size() {
    return before.size() + after.size();
  }
}
