package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.pow.InstructionLimit;
import java.util.List;
import java.util.stream.Stream;

/** Every kind of code that this processor can execute, the combinations no limit asks for too. */
final class Targets {

  private Targets() {}

  static Stream<CompilerTarget> all() {
    CompilerTarget best = CompilerTarget.detect(InstructionLimit.AUTO).orElseThrow();
    return Stream.of(
            new CompilerTarget(true, true, true, true),
            new CompilerTarget(true, false, true, false),
            new CompilerTarget(false, true, true, false),
            new CompilerTarget(false, false, true, false),
            new CompilerTarget(false, false, false, false))
        .filter(target -> !target.avx512() || best.avx512())
        .filter(target -> !target.bmi2() || best.bmi2())
        .filter(target -> !target.aes() || best.aes())
        .filter(target -> !target.vaes() || best.vaes());
  }

  static List<CompilerTarget> list() {
    return all().toList();
  }
}
