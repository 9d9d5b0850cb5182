package io.p2pmining.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.core.cpu.CpuFeature;
import io.p2pmining.core.cpu.CpuFeatures;
import io.p2pmining.core.memory.CodeViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {

  private static final long MIB = 1L << 20;
  private static final MemoryNeed FULL = new MemoryNeed(3000 * MIB, "for a cluster", "");
  private static final MemoryNeed LIGHT = new MemoryNeed(900 * MIB, "for a cluster", "");

  @TempDir Path root;

  @Test
  void refusesAnOldJava() {
    assertThat(ProcessorCheck.java(Runtime.Version.parse("25.0.1"), "V", "/j").level())
        .isEqualTo(Level.OK);
    assertThat(ProcessorCheck.java(Runtime.Version.parse("21.0.5"), "V", "/j").level())
        .isEqualTo(Level.FAIL);
  }

  @Test
  void saysWhatTheProcessorMeansForTheEngine() {
    assertThat(processor(Set.of()).level()).isEqualTo(Level.WARN);
    assertThat(processor(Set.of()).finding()).contains("the interpreter hashes");
    assertThat(processor(Set.of(CpuFeature.SSE2)).level()).isEqualTo(Level.WARN);
    assertThat(processor(Set.of(CpuFeature.SSE2)).finding()).contains("no AES");
    assertThat(processor(EnumSet.range(CpuFeature.SSE2, CpuFeature.AES)))
        .isEqualTo(
            Finding.ok(
                "processor", "A CPU, 4 threads, AES: the compiler does without AVX2 and AVX-512"));
    assertThat(processor(EnumSet.range(CpuFeature.SSE2, CpuFeature.BMI2)).finding())
        .endsWith("AES, AVX2: the compiler does without AVX-512");
    assertThat(processor(EnumSet.allOf(CpuFeature.class)).finding())
        .endsWith("AES, AVX2, AVX-512: the compiler uses all of them");
  }

  private static Finding processor(Set<CpuFeature> features) {
    return ProcessorCheck.of(new CpuFeatures("V", "A CPU", 0, 0, 0, false, features), 4, "amd64");
  }

  @Test
  void warnsOfCodeMemoryThatIsNotTheBest() {
    assertThat(CodeMemoryCheck.of(() -> CodeViews.TWO_VIEWS).level()).isEqualTo(Level.OK);
    assertThat(CodeMemoryCheck.of(() -> CodeViews.FLIPPED).remedy()).contains("vm.memfd_noexec");
  }

  @Test
  void comparesMemoryWithWhatEachModeNeeds() {
    assertThat(memory(3000).level()).isEqualTo(Level.OK);
    assertThat(memory(2999).level()).isEqualTo(Level.WARN);
    assertThat(memory(2999).finding())
        .isEqualTo(
            "2999 MiB available, full mode needs 3000 MiB, light mode 900 MiB, for a cluster:"
                + " it is light mode, which is many times as slow");
    assertThat(memory(2999).remedy()).startsWith("free 1 MiB");
    assertThat(memory(899).level()).isEqualTo(Level.FAIL);
    assertThat(MemoryCheck.of(OptionalLong.of(0), FULL, LIGHT, true).level()).isEqualTo(Level.OK);
    assertThat(MemoryCheck.of(OptionalLong.empty(), FULL, LIGHT, false).level())
        .isEqualTo(Level.WARN);
  }

  private static Finding memory(long mebibytes) {
    return MemoryCheck.of(OptionalLong.of(mebibytes * MIB), FULL, LIGHT, false);
  }

  @Test
  void countsHugePages() throws IOException {
    assertThat(HugePageCheck.of(root, 100 * MIB).finding()).contains("no pool");

    pool(60, 52, 2);
    write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    assertThat(HugePageCheck.of(root, 100 * MIB))
        .isEqualTo(
            Finding.ok(
                "huge pages",
                "50 of 60 in the pool of 2 MiB are free, 0 of 1 GiB; transparent ones are on"));

    Finding few = HugePageCheck.of(root, 102 * MIB);
    assertThat(few.level()).isEqualTo(Level.WARN);
    assertThat(few.finding()).endsWith("transparent ones are on; full mode takes 51 of 2 MiB");
    assertThat(few.remedy()).isEqualTo("as root: sysctl -w vm.nr_hugepages=61");

    write("sys/kernel/mm/transparent_hugepage/enabled", "always madvise [never]\n");
    assertThat(HugePageCheck.of(root, 102 * MIB).remedy()).contains("echo madvise");

    write("sys/kernel/mm/hugepages/hugepages-2048kB/nr_overcommit_hugepages", "0\n");
    assertThat(HugePageCheck.of(root, 102 * MIB).level()).isEqualTo(Level.OK);
  }

  private void pool(int size, int free, int reserved) throws IOException {
    String pool = "sys/kernel/mm/hugepages/hugepages-2048kB/";
    write(pool + "nr_hugepages", size + "\n");
    write(pool + "free_hugepages", free + "\n");
    write(pool + "resv_hugepages", reserved + "\n");
  }

  @Test
  void comparesLimitsWithWhatAMasterTakes() throws IOException {
    limits("1024", "8388608");
    List<Finding> findings = LimitsCheck.of(root, 1024);
    assertThat(findings).extracting(Finding::level).containsExactly(Level.WARN, Level.OK);
    assertThat(findings.getFirst().finding())
        .isEqualTo("limit 1024, a master with 1024 connections takes up to 1280");
    assertThat(findings.getLast().finding()).startsWith("limit 8192 KiB;");

    limits("unlimited", "unlimited");
    assertThat(LimitsCheck.of(root, 1024))
        .extracting(Finding::level)
        .containsExactly(Level.OK, Level.OK);
  }

  private void limits(String files, String locked) throws IOException {
    write(
        "proc/self/limits",
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max open files            %-20s 1048576              files
        Max locked memory         %-20s 8388608              bytes
        """
            .formatted(files, locked));
  }

  @Test
  void looksAtTheDisk() throws IOException {
    assertThat(DiskCheck.ofSpace(root, 2L << 30).level()).isEqualTo(Level.OK);
    assertThat(DiskCheck.ofSpace(root, 1L << 30).level()).isEqualTo(Level.WARN);
    assertThat(DiskCheck.ofSpace(root, 50 * MIB).level()).isEqualTo(Level.FAIL);
    Path file = Files.writeString(root.resolve("file"), "");
    assertThat(DiskCheck.of(file.resolve("below")).finding()).endsWith("cannot be written");
    assertThat(DiskCheck.of(root.resolve("not/yet")).finding()).contains("free at ");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
