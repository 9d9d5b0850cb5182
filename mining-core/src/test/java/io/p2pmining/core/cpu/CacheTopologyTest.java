package io.p2pmining.core.cpu;

import static io.p2pmining.core.cpu.ScriptedCpuid.bits;
import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmining.core.cpu.CpuCache.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CacheTopologyTest {

  @TempDir Path root;

  private static CacheTopology read(MadeUpMachine machine) {
    return new CpuDirectory(machine.processors()).read();
  }

  @Test
  void findsCoresAndSharedCaches() {
    CacheTopology topology = read(MadeUpMachine.twoSockets(root));
    assertThat(topology.cores()).hasSize(16);
    assertThat(topology.cores().get(5)).isEqualTo(new CpuCore(CpuSet.of(5, 21), 1024));
    assertThat(topology.cpus()).hasToString("0-31");
    assertThat(topology.caches()).hasSize(3 * 16 + 4);
    assertThat(topology.dataBytes(1, 31)).isEqualTo(32 << 10);
    assertThat(topology.dataBytes(2, 31)).isEqualTo(512 << 10);
    assertThat(topology.dataBytes(3, 31)).isEqualTo(16 << 20);
    assertThat(topology.dataBytes(4, 31)).isZero();
    assertThat(topology.lastLevel())
        .extracting(cache -> cache.cpus().toString())
        .containsExactly("0-3,16-19", "4-7,20-23", "8-11,24-27", "12-15,28-31");
  }

  @Test
  void endsAtTheSecondLevelWhereThereIsNoThird() {
    MadeUpMachine board = new MadeUpMachine(root).online("0-3");
    for (int cpu = 0; cpu < 4; cpu++) {
      board.core(Integer.toString(cpu), 1024, "1024K", "0-3");
    }
    assertThat(read(board).lastLevel())
        .containsExactly(new CpuCache(2, Kind.UNIFIED, 1 << 20, CpuSet.first(4)));
  }

  @Test
  void leavesOutWhatIsOffLine() {
    MadeUpMachine machine = MadeUpMachine.twoSockets(root).online("0-3,16-18");
    CacheTopology topology = read(machine);
    assertThat(topology.cores()).extracting(CpuCore::threads).last().isEqualTo(CpuSet.of(3));
    assertThat(topology.lastLevel().getFirst().cpus()).hasToString("0-3,16-18");
  }

  @Test
  void assumesCoresWhereNothingIsSaid() {
    CacheTopology topology = new CpuDirectory(root.resolve("missing")).read();
    assertThat(topology.cores()).hasSize(Runtime.getRuntime().availableProcessors());
    assertThat(topology.caches()).isEmpty();
    assertThat(topology.lastLevel())
        .containsExactly(new CpuCache(0, Kind.UNIFIED, 0, topology.cpus()));
  }

  @Test
  void toleratesFilesThatSayNothingOfUse() {
    MadeUpMachine machine =
        new MadeUpMachine(root)
            .online("0")
            .core("0", 1, "256K", "0")
            .write("cpu/cpu0/cache/index0/size", "")
            .write("cpu/cpu0/cache/index1/level", "x")
            .write("cpu/cpu0/cache/index2/shared_cpu_list", "0-x");
    assertThat(read(machine).caches()).isEmpty();
  }

  @Test
  void readsCachesOfProcessorsThatDescribeThemLikeIntel() {
    ScriptedCpuid cpuid = new ScriptedCpuid().vendor("GenuineIntel", 22);
    describe(cpuid, 4, 0, 1, 1, 2, 12, 64);
    describe(cpuid, 4, 1, 2, 1, 2, 8, 64);
    describe(cpuid, 4, 2, 3, 3, 16, 12, 32768);
    assertThat(CpuidCaches.read(cpuid, CpuSet.first(4)))
        .containsExactly(
            new CpuCache(1, Kind.DATA, 48 << 10, CpuSet.of(0, 1)),
            new CpuCache(1, Kind.DATA, 48 << 10, CpuSet.of(2, 3)),
            new CpuCache(1, Kind.INSTRUCTION, 32 << 10, CpuSet.of(0, 1)),
            new CpuCache(1, Kind.INSTRUCTION, 32 << 10, CpuSet.of(2, 3)),
            new CpuCache(3, Kind.UNIFIED, 24 << 20, CpuSet.first(4)));
  }

  @Test
  void readsCachesOfProcessorsThatDescribeThemLikeAmd() {
    ScriptedCpuid cpuid =
        new ScriptedCpuid()
            .vendor("AuthenticAMD", 16)
            .leaf(0x8000_0000, 0, 0x8000_0020, 0, 0, 0)
            .leaf(0x8000_0001, 0, 0, 0, bits(22), 0);
    describe(cpuid, 0x8000_001d, 0, 3, 2, 2, 8, 1024);
    assertThat(CpuidCaches.read(cpuid, CpuSet.first(2)))
        .containsExactly(new CpuCache(2, Kind.UNIFIED, 512 << 10, CpuSet.first(2)));
    cpuid.leaf(0x8000_0001, 0, 0, 0, 0, 0);
    assertThat(CpuidCaches.read(cpuid, CpuSet.first(2))).isEmpty();
  }

  /** Lines of 64 bytes. */
  private static void describe(
      ScriptedCpuid cpuid,
      int leaf,
      int index,
      int type,
      int level,
      int threads,
      int ways,
      int sets) {
    int eax = type | level << 5 | threads - 1 << 14;
    cpuid.leaf(leaf, index, eax, 63 | ways - 1 << 22, sets - 1, 0);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void hearsTheSameFromTheProcessorAsFromTheKernel() {
    CacheTopology topology = CacheTopology.detect();
    assertThat(topology.cpus().size()).isPositive();
    Optional<List<CpuCache>> caches =
        MachineCpuid.read(cpuid -> CpuidCaches.read(cpuid, topology.cpus()));
    for (CpuCache cache : caches.orElseThrow()) {
      assertThat(topology.caches())
          .anyMatch(
              other ->
                  other.level() == cache.level()
                      && other.kind() == cache.kind()
                      && other.bytes() == cache.bytes());
    }
  }
}
