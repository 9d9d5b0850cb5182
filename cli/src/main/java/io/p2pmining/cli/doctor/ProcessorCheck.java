package io.p2pmining.cli.doctor;

import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import java.util.Set;

/** Java and the processor, and what they mean for hashing. */
final class ProcessorCheck {

  private static final int JAVA = 25;
  private static final String NAME = "processor";
  private static final Set<CpuFeature> AVX512 =
      Set.of(CpuFeature.AVX512F, CpuFeature.AVX512BW, CpuFeature.AVX512DQ, CpuFeature.AVX512VL);

  private ProcessorCheck() {}

  static Finding java(Runtime.Version version, String vendor, String home) {
    String finding = "Java %s, %s, %s".formatted(version, vendor, home);
    return version.feature() >= JAVA
        ? Finding.ok("java", finding)
        : Finding.fail(
            "java", finding, "install a JDK 25 or newer, or set P2PMINE_JAVA_HOME to it");
  }

  static Finding of(CpuFeatures cpu, int processors, String architecture) {
    String machine =
        "%s, %d threads".formatted(cpu.brand().isBlank() ? architecture : cpu.brand(), processors);
    if (!cpu.has(CpuFeature.SSE2)) {
      return Finding.warn(
          NAME,
          machine + ": there is no compiler for it, the interpreter hashes, exactly and slowly",
          "use an x86-64 machine if speed matters");
    }
    if (!cpu.has(CpuFeature.AES)) {
      return Finding.warn(
          NAME,
          machine + ", no AES: programs are compiled, but AES is computed in software",
          "in a virtual machine let the host's processor through (QEMU: -cpu host); a processor"
              + " without AES stays slow");
    }
    return Finding.ok(NAME, machine + ", AES" + extensions(cpu));
  }

  private static String extensions(CpuFeatures cpu) {
    boolean bmi2 = cpu.has(CpuFeature.BMI2);
    if (bmi2 && cpu.hasAll(AVX512)) {
      return ", AVX2, AVX-512: the compiler uses all of them";
    }
    return cpu.has(CpuFeature.AVX2)
        ? ", AVX2: the compiler does without AVX-512"
        : ": the compiler does without AVX2 and AVX-512";
  }
}
