package io.p2pmining.core.cpu;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The cores of a machine and the caches they share.
 *
 * @param cores by their first hardware thread; each thread is in one core
 * @param caches each once, however many share it
 */
public record CacheTopology(List<CpuCore> cores, List<CpuCache> caches) {

  private static final Path PROCESSORS = Path.of("/sys/devices/system/cpu");

  public CacheTopology {
    cores = List.copyOf(cores);
    caches = List.copyOf(caches);
  }

  /** That of this machine, from what the system says and, failing that, the processor. */
  public static CacheTopology detect() {
    CacheTopology topology = new CpuDirectory(PROCESSORS).read();
    if (!topology.caches.isEmpty()) {
      return topology;
    }
    CpuSet cpus = topology.cpus();
    List<CpuCache> caches =
        MachineCpuid.read(cpuid -> CpuidCaches.read(cpuid, cpus)).orElse(List.of());
    return new CacheTopology(topology.cores, caches);
  }

  /** All hardware threads. */
  public CpuSet cpus() {
    return CpuSet.of(cores.stream().flatMap(core -> core.threads().toList().stream()).toList());
  }

  /** The size of the cache of data that a hardware thread has at a level; 0 if none is known. */
  public long dataBytes(int level, int cpu) {
    return dataCaches(cpu).stream()
        .filter(cache -> cache.level() == level)
        .mapToLong(CpuCache::bytes)
        .findFirst()
        .orElse(0);
  }

  /**
   * The last caches before memory, in the order of their processors, such that each hardware thread
   * is in one. That is the third level mostly, the second on processors that end there. Threads
   * without a known cache share one of level 0 and no bytes.
   */
  public List<CpuCache> lastLevel() {
    Set<CpuCache> found = new LinkedHashSet<>();
    List<Integer> without = new ArrayList<>();
    for (int cpu : cpus().toList()) {
      Optional<CpuCache> last =
          dataCaches(cpu).stream().max(Comparator.comparingInt(CpuCache::level));
      last.ifPresentOrElse(found::add, () -> without.add(cpu));
    }
    List<CpuCache> all = new ArrayList<>(found);
    if (!without.isEmpty()) {
      all.add(new CpuCache(0, CpuCache.Kind.UNIFIED, 0, CpuSet.of(without)));
    }
    return List.copyOf(all);
  }

  private List<CpuCache> dataCaches(int cpu) {
    return caches.stream()
        .filter(cache -> cache.kind() != CpuCache.Kind.INSTRUCTION && cache.cpus().contains(cpu))
        .toList();
  }
}
