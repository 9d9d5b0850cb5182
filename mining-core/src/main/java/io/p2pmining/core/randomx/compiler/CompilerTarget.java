package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.crypto.compiled.AesKind;
import io.p2pmining.core.pow.InstructionLimit;
import java.util.Optional;

/**
 * What the generated code may use beyond the base set of x86-64.
 *
 * @param avx512 AVX-512 F, BW, DQ and VL
 * @param bmi2 MULX and RORX
 * @param aes AES rounds
 */
public record CompilerTarget(boolean avx512, boolean bmi2, boolean aes) {

  /** This processor up to a limit; empty if the compiler does not know its kind. */
  public static Optional<CompilerTarget> detect(InstructionLimit limit) {
    boolean avx512 = limit == InstructionLimit.AUTO || limit == InstructionLimit.AVX512;
    return Optional.of(new CompilerTarget(avx512, true, true));
  }

  /** The instructions for AES. */
  public AesKind aesKind() {
    return avx512 ? AesKind.VAES_512 : AesKind.AES_NI;
  }
}
