package io.p2pmining.core.cpu;

import io.p2pmining.core.pow.InstructionLimit;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a processor is and what it can execute here, which includes that the system saves the
 * registers. Without any feature on processors that are not x86-64.
 *
 * @param vendor as the processor says it, {@code AuthenticAMD} or {@code GenuineIntel}; empty if
 *     unknown
 * @param brand the name it is sold by; empty if unknown
 * @param family the vendor's number of the design, with the extended part added
 * @param model the number within the family, with the extended part
 * @param stepping the revision
 * @param virtualized whether a hypervisor runs this system
 * @param features what may be used
 */
public record CpuFeatures(
    String vendor,
    String brand,
    int family,
    int model,
    int stepping,
    boolean virtualized,
    Set<CpuFeature> features) {

  /** Nothing is known. */
  static final CpuFeatures UNKNOWN = new CpuFeatures("", "", 0, 0, 0, false, Set.of());

  private static final Set<CpuFeature> BASE = Set.of(CpuFeature.SSE2);
  private static final Set<CpuFeature> BASE_WITH_AES = Set.of(CpuFeature.SSE2, CpuFeature.AES);
  private static final Set<CpuFeature> UP_TO_AVX2 = EnumSet.range(CpuFeature.SSE2, CpuFeature.VAES);
  private static final Set<CpuFeature> UP_TO_AVX512 =
      EnumSet.range(CpuFeature.SSE2, CpuFeature.AVX512IFMA);

  public CpuFeatures {
    EnumSet<CpuFeature> inOrder = EnumSet.noneOf(CpuFeature.class);
    inOrder.addAll(features);
    features = Collections.unmodifiableSet(inOrder);
  }

  /** Those of this machine; asked once, as hypervisors take their time to answer. */
  public static CpuFeatures detect() {
    return OfThisMachine.FEATURES;
  }

  /** Whether an extension may be used. */
  public boolean has(CpuFeature feature) {
    return features.contains(feature);
  }

  /** Whether all of some extensions may be used. */
  public boolean hasAll(Collection<CpuFeature> wanted) {
    return features.containsAll(wanted);
  }

  /** The same processor with no more extensions than a limit allows. */
  public CpuFeatures limitedBy(InstructionLimit limit) {
    Set<CpuFeature> allowed =
        switch (limit) {
          case AUTO -> features;
          case AVX512 -> UP_TO_AVX512;
          case AVX2 -> UP_TO_AVX2;
          case NONE -> BASE_WITH_AES;
          case NO_AES -> BASE;
        };
    Set<CpuFeature> left = EnumSet.noneOf(CpuFeature.class);
    left.addAll(features);
    left.retainAll(allowed);
    return new CpuFeatures(vendor, brand, family, model, stepping, virtualized, left);
  }

  /** Read when it is first needed. */
  private static final class OfThisMachine {
    static final CpuFeatures FEATURES = MachineCpuid.read(CpuidFeatures::read).orElse(UNKNOWN);
  }
}
