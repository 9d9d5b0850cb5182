package io.p2pmining.core.x86;

import java.util.function.Function;

/**
 * One thing that the assembler can be asked for, with its operands left open.
 *
 * @param name for messages
 * @param maker fills in the operands
 */
record InstructionForm(String name, Function<Operands, Instruction> maker) {

  Instruction with(Operands operands) {
    return maker.apply(operands);
  }
}
