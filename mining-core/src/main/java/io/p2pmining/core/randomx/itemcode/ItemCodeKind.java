package io.p2pmining.core.randomx.itemcode;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

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

  /** All that a processor can execute; none if it is not an x86-64. */
  public static List<ItemCodeKind> allOn(CpuFeatures processor) {
    return Arrays.stream(values()).filter(kind -> kind.runsOn(processor)).toList();
  }
}
