package io.p2pmining.core.cpu;

import static io.p2pmining.core.cpu.ScriptedCpuid.bits;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.pow.InstructionLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CpuFeaturesTest {

  private static final int AES = 25;
  private static final int OSXSAVE = 27;
  private static final int AVX = 28;
  private static final int HYPERVISOR = 31;
  private static final int ALL_OF_LEAF_7_EBX = bits(3, 5, 8, 16, 17, 21, 30, 31);
  private static final int VAES = bits(9);
  private static final long ALL_STATES = 0xe7;

  /** A server with all there is. */
  private static ScriptedCpuid server() {
    return new ScriptedCpuid()
        .vendor("AuthenticAMD", 13)
        .leaf(1, 0, 0x00a1_0f11, 0, bits(AES, OSXSAVE, AVX), 0)
        .leaf(7, 0, 0, ALL_OF_LEAF_7_EBX, VAES, 0)
        .leaf(0x8000_0000, 0, 0x8000_0028, 0, 0, 0)
        .brand("AMD EPYC 9354 32-Core Processor")
        .enabledStates(ALL_STATES);
  }

  @Test
  void readsWhatTheProcessorIs() {
    CpuFeatures features = CpuidFeatures.read(server());
    assertThat(features.vendor()).isEqualTo("AuthenticAMD");
    assertThat(features.brand()).isEqualTo("AMD EPYC 9354 32-Core Processor");
    assertThat(features.family()).isEqualTo(25);
    assertThat(features.model()).isEqualTo(17);
    assertThat(features.stepping()).isEqualTo(1);
    assertThat(features.virtualized()).isFalse();
    assertThat(features.features()).isEqualTo(EnumSet.allOf(CpuFeature.class));
  }

  @Test
  void readsModelsOfIntel() {
    ScriptedCpuid cpuid =
        new ScriptedCpuid()
            .vendor("GenuineIntel", 32)
            .leaf(1, 0, 0x000b_06f5, 0, bits(HYPERVISOR), 0);
    CpuFeatures features = CpuidFeatures.read(cpuid);
    assertThat(features.vendor()).isEqualTo("GenuineIntel");
    assertThat(features.brand()).isEmpty();
    assertThat(features.family()).isEqualTo(6);
    assertThat(features.model()).isEqualTo(0xbf);
    assertThat(features.stepping()).isEqualTo(5);
    assertThat(features.virtualized()).isTrue();
    assertThat(features.features()).containsExactly(CpuFeature.SSE2);
  }

  @Test
  void needsTheSystemToSaveTheRegisters() {
    assertThat(CpuidFeatures.read(server().enabledStates(0x7)).features())
        .isEqualTo(EnumSet.range(CpuFeature.SSE2, CpuFeature.VAES));
    assertThat(CpuidFeatures.read(server().enabledStates(0x3)).features())
        .containsExactlyInAnyOrder(CpuFeature.SSE2, CpuFeature.AES);
    ScriptedCpuid withoutXsave = server().leaf(1, 0, 0x00a1_0f11, 0, bits(AES, AVX), 0);
    assertThat(CpuidFeatures.read(withoutXsave).features())
        .containsExactlyInAnyOrder(CpuFeature.SSE2, CpuFeature.AES);
  }

  @Test
  void asksForNoLeafThatTheProcessorHasNot() {
    CpuFeatures features = CpuidFeatures.read(server().vendor("AuthenticAMD", 6));
    assertThat(features.features())
        .containsExactlyInAnyOrder(CpuFeature.SSE2, CpuFeature.AES, CpuFeature.AVX);
  }

  @Test
  void isLimitedBySettings() {
    CpuFeatures all = CpuidFeatures.read(server());
    assertThat(all.limitedBy(InstructionLimit.AUTO)).isEqualTo(all);
    assertThat(all.limitedBy(InstructionLimit.AVX512)).isEqualTo(all);
    assertThat(all.limitedBy(InstructionLimit.AVX2).features())
        .isEqualTo(EnumSet.range(CpuFeature.SSE2, CpuFeature.VAES));
    assertThat(all.limitedBy(InstructionLimit.NONE).features())
        .containsExactlyInAnyOrder(CpuFeature.SSE2, CpuFeature.AES);
    assertThat(all.limitedBy(InstructionLimit.NO_AES).features()).containsExactly(CpuFeature.SSE2);
  }

  @ParameterizedTest
  @EnumSource(InstructionLimit.class)
  void gainsNothingFromALimit(InstructionLimit limit) {
    assertThat(CpuFeatures.UNKNOWN.limitedBy(limit)).isEqualTo(CpuFeatures.UNKNOWN);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void agreesWithTheKernelAboutThisMachine() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        facts.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    CpuFeatures features = CpuFeatures.detect();
    assertThat(features.vendor()).isEqualTo(facts.get("vendor_id"));
    assertThat(features.brand()).isEqualTo(facts.get("model name"));
    assertThat(features.family()).isEqualTo(Integer.parseInt(facts.get("cpu family")));
    assertThat(features.model()).isEqualTo(Integer.parseInt(facts.get("model")));
    assertThat(features.stepping()).isEqualTo(Integer.parseInt(facts.get("stepping")));
    Set<String> flags = Set.copyOf(List.of(facts.get("flags").split(" ")));
    assertThat(features.virtualized()).isEqualTo(flags.contains("hypervisor"));
    for (CpuFeature feature : CpuFeature.values()) {
      String flag = feature.name().toLowerCase(Locale.ROOT);
      assertThat(features.has(feature)).as(flag).isEqualTo(flags.contains(flag));
    }
    assertThat(CpuFeatures.detect()).isSameAs(features);
  }
}
