package io.p2pmining.worker.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.common.connection.MessageRules;
import io.p2pmining.common.wire.v1.Capabilities;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithms;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void findsInstructionsInTheWordsOfEachSystem() {
    assertThat(CpuFlags.of(List.of("flags\t\t: fpu vme aes avx avx2 avx512f avx512dq")))
        .isEqualTo(new CpuFlags(true, true, true));
    assertThat(CpuFlags.of(List.of("machdep.cpu.features: SSE3 AES", "machdep.cpu.leaf7: AVX2")))
        .isEqualTo(new CpuFlags(true, true, false));
    assertThat(CpuFlags.of(List.of("Features : fp asimd aes pmull sha1")))
        .isEqualTo(new CpuFlags(true, false, false));
    assertThat(CpuFlags.of(List.of("flags : vaes avx")))
        .isEqualTo(new CpuFlags(false, false, false));
    assertThat(CpuFlags.of(List.of())).isEqualTo(new CpuFlags(false, false, false));
  }

  @Test
  void readsHugePagesOfTheDefaultSize() {
    List<String> lines =
        List.of(
            "MemTotal: 24 kB",
            "HugePages_Total:      16",
            "HugePages_Free:       12",
            "Hugepagesize:       2048 kB");
    assertThat(HugePages.parse(lines)).isEqualTo(new HugePages(12, 16, 2L << 20));
    assertThat(HugePages.parse(List.of("HugePages_Free: many"))).isEqualTo(new HugePages(0, 0, 0));
  }

  @Test
  void surveysThisMachine() {
    MachineSurvey survey = MachineSurvey.take();
    Machine machine = survey.machine();
    assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(machine.memoryTotalBytes()).isGreaterThan(64L << 20);
    assertThat(survey.availableMemoryBytes()).isBetween(1L, machine.memoryTotalBytes());
    assertThat(machine.cpuModel()).isNotBlank();
  }

  @Test
  void reportsWhatTheProtocolTakes() throws Exception {
    AlgorithmCatalog catalog = new AlgorithmCatalog(PowAlgorithms.load(), HashingMode.FULL);
    Capabilities report = new CapabilityReport(MachineSurvey.take(), catalog, 3).get();
    MessageRules.check(report);
    assertThat(report.getMiningThreads()).isEqualTo(3);
    assertThat(report.getAlgorithmsList())
        .hasSameSizeAs(catalog.all())
        .anyMatch(support -> support.getAlgorithm().equals("sha256d"));
  }

  @Test
  void takesOneThreadForEachCoreInLightMode() {
    assertThat(MiningThreads.count(machine(8, 4L << 20), HashingMode.LIGHT, null)).isEqualTo(8);
  }

  @Test
  void takesAsManyThreadsAsTheCacheHoldsScratchpadsInFullMode() {
    assertThat(MiningThreads.count(machine(8, 12L << 20), HashingMode.FULL, null)).isEqualTo(6);
    assertThat(MiningThreads.count(machine(4, 64L << 20), HashingMode.FULL, null)).isEqualTo(4);
    assertThat(MiningThreads.count(machine(4, 1L << 20), HashingMode.FULL, null)).isEqualTo(1);
    assertThat(MiningThreads.count(machine(4, 0), HashingMode.FULL, null)).isEqualTo(4);
  }

  @Test
  void takesTheThreadsThatAreSet() {
    assertThat(MiningThreads.count(machine(8, 4L << 20), HashingMode.FULL, 5)).isEqualTo(5);
  }

  private static Machine machine(int cores, long l3CacheBytes) {
    return new Machine(
        cores, 1L << 30, "cpu", "amd64", "Linux", true, true, false, 0, l3CacheBytes, 0, 0);
  }
}
