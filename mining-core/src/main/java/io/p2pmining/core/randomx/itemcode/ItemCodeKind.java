package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** How items are computed, by what it asks of the processor. */
public enum ItemCodeKind {
  /** Four in turn in general-purpose registers. */
  SCALAR(CpuFeature.SSE2),
  /** Four in 256-bit registers, and beside them two in general-purpose registers. */
  AVX2(CpuFeature.AVX2, CpuFeature.BMI2),
  /** Sixteen in 512-bit registers, and beside them one in general-purpose registers. */
  AVX512(CpuFeature.AVX512F, CpuFeature.AVX512DQ, CpuFeature.BMI2),
  /** The same, with high halves of products put together from parts of 52 bits. */
  AVX512_IFMA(CpuFeature.AVX512F, CpuFeature.AVX512DQ, CpuFeature.AVX512IFMA, CpuFeature.BMI2);

  private final Set<CpuFeature> needed;

  ItemCodeKind(CpuFeature... needed) {
    this.needed = Set.of(needed);
  }

  /** Whether a processor can execute it. */
  public boolean runsOn(CpuFeatures processor) {
    return processor.hasAll(needed);
  }

  /**
   * What may be the fastest on a processor: the widest that it can execute, and what is narrower,
   * because a processor may execute wide instructions slowly. None if it is not an x86-64.
   */
  public static List<ItemCodeKind> candidatesOn(CpuFeatures processor) {
    if (AVX512_IFMA.runsOn(processor)) {
      return List.of(AVX512_IFMA, AVX2);
    }
    return Stream.of(AVX512, AVX2, SCALAR).filter(kind -> kind.runsOn(processor)).limit(2).toList();
  }
}
