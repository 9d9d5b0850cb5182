package io.p2pmining.core.crypto.compiled;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import java.util.EnumSet;
import java.util.Set;

/** How rounds of AES are computed, from the slowest way to the fastest. */
public enum AesKind {
  /** By table look-ups; on every x86-64 processor. */
  SOFTWARE(EnumSet.of(CpuFeature.SSE2)),

  /** AES-NI: a block at a time. */
  AES_NI(EnumSet.of(CpuFeature.SSE2, CpuFeature.AES)),

  /** VAES with AVX2: two blocks at a time; AES-NI where a lane is alone. */
  VAES_256(EnumSet.of(CpuFeature.AES, CpuFeature.AVX2, CpuFeature.VAES)),

  /** VAES with AVX-512: four blocks at a time; AES-NI where a lane is alone. */
  VAES_512(
      EnumSet.of(
          CpuFeature.AES,
          CpuFeature.AVX2,
          CpuFeature.VAES,
          CpuFeature.AVX512F,
          CpuFeature.AVX512DQ));

  private final Set<CpuFeature> needed;

  AesKind(Set<CpuFeature> needed) {
    this.needed = needed;
  }

  /** Whether a processor can do this. */
  public boolean isSupportedBy(CpuFeatures features) {
    return features.hasAll(needed);
  }

  /**
   * The fastest kind that a processor can do.
   *
   * @throws IllegalArgumentException if it is not an x86-64 processor
   */
  public static AesKind fastestOn(CpuFeatures features) {
    AesKind[] kinds = values();
    for (int i = kinds.length - 1; i >= 0; i--) {
      if (kinds[i].isSupportedBy(features)) {
        return kinds[i];
      }
    }
    throw new IllegalArgumentException("not an x86-64 processor: features=" + features);
  }
}
