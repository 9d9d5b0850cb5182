package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import java.util.Optional;
import java.util.stream.Stream;

/** The instructions that fill the memory of Argon2d. */
public enum Argon2Kind {
  /** SSE2: 128-bit registers, two operands. */
  SSE2(CpuFeature.SSE2),
  /** AVX2: 256-bit registers. */
  AVX2(CpuFeature.AVX2),
  /** AVX-512F: 512-bit registers, of which a block fills half. */
  AVX512(CpuFeature.AVX512F);

  private final CpuFeature needed;

  Argon2Kind(CpuFeature needed) {
    this.needed = needed;
  }

  /** Whether a processor has them. */
  public boolean runsOn(CpuFeatures processor) {
    return processor.has(needed);
  }

  /** The widest that a processor has; empty if it is not an x86-64. */
  public static Optional<Argon2Kind> bestOn(CpuFeatures processor) {
    return Stream.of(AVX512, AVX2, SSE2).filter(kind -> kind.runsOn(processor)).findFirst();
  }
}
