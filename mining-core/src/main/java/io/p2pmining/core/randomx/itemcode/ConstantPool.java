package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.x86.Address;
import io.p2pmining.core.x86.Assembler;
import io.p2pmining.core.x86.Label;
import java.util.LinkedHashMap;
import java.util.Map;

/** The 64-bit constants of a piece of code, behind its instructions. Belongs to one assembler. */
final class ConstantPool {

  private final Map<Long, Label> labels = new LinkedHashMap<>();

  /** Where the constant will be. */
  Address of(long constant) {
    return Address.of(labels.computeIfAbsent(constant, unknown -> new Label()));
  }

  /** Writes all constants that were asked for. */
  void emit(Assembler asm) {
    asm.align(Long.BYTES);
    labels.forEach(
        (constant, label) -> {
          asm.bind(label);
          asm.data64(constant);
        });
  }
}
