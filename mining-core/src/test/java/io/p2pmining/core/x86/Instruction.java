package io.p2pmining.core.x86;

import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * An instruction as it is meant and as the assembler wrote it.
 *
 * @param text Intel syntax, letter for letter as objdump prints it; before it the hint that GNU as
 *     needs to choose the same encoding
 * @param hex the bytes in hexadecimal
 */
record Instruction(String text, String hex) {

  /** EVEX even where VEX could say it. */
  static final String EVEX_HINT = "{evex} ";

  static Instruction of(String text, Consumer<Assembler> writer) {
    Assembler assembler = new Assembler();
    writer.accept(assembler);
    return new Instruction(text, HexFormat.of().formatHex(assembler.toByteArray()));
  }

  /** Binds the label of an address behind the instruction, from where the text counts. */
  static Instruction of(String text, Operand operand, Consumer<Assembler> writer) {
    return of(
        text,
        asm -> {
          writer.accept(asm);
          if (operand instanceof Address address && address.label() != null) {
            asm.bind(address.label());
          }
        });
  }

  String textWithoutHint() {
    return text.startsWith(EVEX_HINT) ? text.substring(EVEX_HINT.length()) : text;
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
