package io.p2pmining.core.randomx;

import io.p2pmining.core.memory.CodeMemoryException;
import io.p2pmining.core.pow.CompilerPolicy;
import io.p2pmining.core.pow.EngineSettings;
import java.util.Optional;
import java.util.function.Supplier;

/** Machine code where the settings ask for it and this machine has it, and else the reason. */
final class GeneratedCode {

  private GeneratedCode() {}

  /**
   * Generates code, unless the compiler is off or only wanted where it can be had.
   *
   * @param purpose what it computes, in the words of a message
   * @param generator empty if there is none for this processor
   * @throws IllegalStateException if the compiler is required and there is none for this processor
   * @throws CodeMemoryException if it is required and this system gives no memory for code
   */
  static <T> Optional<T> generate(
      EngineSettings settings, String purpose, Optional<? extends Supplier<T>> generator) {
    if (settings.compiler() == CompilerPolicy.OFF) {
      return Optional.empty();
    }
    boolean required = settings.compiler() == CompilerPolicy.REQUIRED;
    if (generator.isEmpty()) {
      if (required) {
        throw new IllegalStateException(
            "the compiler is required, but there is none for this processor (%s) that computes %s"
                .formatted(System.getProperty("os.arch"), purpose));
      }
      return Optional.empty();
    }
    try {
      return Optional.of(generator.get().get());
    } catch (CodeMemoryException e) {
      if (required) {
        throw e;
      }
      System.getLogger(GeneratedCode.class.getName())
          .log(System.Logger.Level.WARNING, "computing " + purpose + " in Java: " + e.getMessage());
      return Optional.empty();
    }
  }
}
