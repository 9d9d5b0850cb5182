package io.p2pmining.core.cpu;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What Linux says of its processors.
 *
 * @param path laid out like {@code /sys/devices/system/cpu}
 */
record CpuDirectory(Path path) {

  /**
   * Reads the cores and caches of the processors that are on line. Where nothing is said, as many
   * cores of one thread as Java sees are assumed.
   */
  CacheTopology read() {
    CpuSet online =
        SystemFile.cpus(path.resolve("online"))
            .filter(cpus -> !cpus.isEmpty())
            .orElseGet(() -> CpuSet.first(Runtime.getRuntime().availableProcessors()));
    Map<CpuSet, CpuCore> cores = new LinkedHashMap<>();
    Set<CpuCache> caches = new LinkedHashSet<>();
    for (int cpu : online.toList()) {
      Path processor = path.resolve("cpu" + cpu);
      CpuSet threads = threads(processor, cpu).and(online);
      cores.putIfAbsent(threads, new CpuCore(threads, speed(processor)));
      for (Path index : SystemFile.entries(processor.resolve("cache"), "index*")) {
        cache(index, online).ifPresent(caches::add);
      }
    }
    return new CacheTopology(List.copyOf(cores.values()), List.copyOf(caches));
  }

  private static CpuSet threads(Path processor, int cpu) {
    Path topology = processor.resolve("topology");
    return SystemFile.cpus(topology.resolve("core_cpus_list"))
        .or(() -> SystemFile.cpus(topology.resolve("thread_siblings_list"))) // Before Linux 5.3.
        .filter(cpus -> cpus.contains(cpu))
        .orElse(CpuSet.of(cpu));
  }

  private static long speed(Path processor) {
    OptionalLong capacity = SystemFile.number(processor.resolve("cpu_capacity"));
    return capacity.isPresent()
        ? capacity.getAsLong()
        : SystemFile.number(processor.resolve("cpufreq").resolve("cpuinfo_max_freq")).orElse(0);
  }

  private static Optional<CpuCache> cache(Path index, CpuSet online) {
    OptionalLong level = SystemFile.number(index.resolve("level"));
    Optional<CpuCache.Kind> kind =
        SystemFile.text(index.resolve("type")).flatMap(CpuDirectory::kind);
    OptionalLong bytes = SystemFile.kibibytes(index.resolve("size"));
    Optional<CpuSet> cpus = SystemFile.cpus(index.resolve("shared_cpu_list")).map(online::and);
    return level.isPresent() && kind.isPresent() && bytes.isPresent() && cpus.isPresent()
        ? Optional.of(
            new CpuCache((int) level.getAsLong(), kind.get(), bytes.getAsLong(), cpus.get()))
        : Optional.empty();
  }

  private static Optional<CpuCache.Kind> kind(String type) {
    return switch (type) {
      case "Data" -> Optional.of(CpuCache.Kind.DATA);
      case "Instruction" -> Optional.of(CpuCache.Kind.INSTRUCTION);
      case "Unified" -> Optional.of(CpuCache.Kind.UNIFIED);
      default -> Optional.empty();
    };
  }
}
