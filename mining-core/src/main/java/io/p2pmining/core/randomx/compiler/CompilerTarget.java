package io.p2pmining.core.randomx.compiler;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.crypto.compiled.AesKind;
import io.p2pmining.core.pow.InstructionLimit;
import io.p2pmining.core.randomx.RandomXVersion;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the generated code may use beyond the base set of x86-64.
 *
 * @param avx512 AVX-512 F, BW, DQ and VL
 * @param bmi2 MULX and RORX
 * @param aes AES rounds
 * @param vaes AES rounds on whole vectors
 */
public record CompilerTarget(boolean avx512, boolean bmi2, boolean aes, boolean vaes) {

  private static final Set<CpuFeature> AVX512 =
      EnumSet.of(CpuFeature.AVX512F, CpuFeature.AVX512BW, CpuFeature.AVX512DQ, CpuFeature.AVX512VL);

  /** This processor up to a limit; empty if the compiler does not know its kind. */
  public static Optional<CompilerTarget> detect(InstructionLimit limit) {
    return of(CpuFeatures.detect().limitedBy(limit));
  }

  static Optional<CompilerTarget> of(CpuFeatures cpu) {
    if (!cpu.has(CpuFeature.SSE2)) {
      return Optional.empty();
    }
    boolean bmi2 = cpu.has(CpuFeature.BMI2);
    return Optional.of(
        new CompilerTarget(
            bmi2 && cpu.hasAll(AVX512), bmi2, cpu.has(CpuFeature.AES), cpu.has(CpuFeature.VAES)));
  }

  /** The strictest limit that still allows all of this. */
  public InstructionLimit limit() {
    if (avx512) {
      return InstructionLimit.AVX512;
    }
    if (bmi2 || vaes) {
      return InstructionLimit.AVX2;
    }
    return aes ? InstructionLimit.NONE : InstructionLimit.NO_AES;
  }

  /**
   * What programs should be compiled for. Where the rounding mode is seldom changed, as in version
   * 2 on one lane, writing it costs less than rounding in 512-bit instructions does.
   */
  public CompilerTarget forPrograms(RandomXVersion version, int lanes) {
    boolean embeds = avx512 && (version == RandomXVersion.V1 || lanes > 1);
    return new CompilerTarget(embeds, bmi2, aes, vaes);
  }

  /** The instructions for AES. */
  public AesKind aesKind() {
    if (!aes) {
      return AesKind.SOFTWARE;
    }
    if (!vaes) {
      return AesKind.AES_NI;
    }
    return avx512 ? AesKind.VAES_512 : AesKind.VAES_256;
  }
}
