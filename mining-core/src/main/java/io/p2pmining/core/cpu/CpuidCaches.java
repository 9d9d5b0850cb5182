package io.p2pmining.core.cpu;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads caches from CPUID: leaf 4 of Intel, leaf 0x8000001D of AMD, which are laid out alike. They
 * say how many hardware threads share a cache and not which, so neighbours are assumed.
 */
final class CpuidCaches {

  private static final int INTEL_LEAF = 4;
  private static final int AMD_LEAF = 0x8000_001d;
  private static final int HIGHEST_EXTENDED_LEAF = 0x8000_0000;

  /** Bit 22 of ECX says that AMD's leaf exists. */
  private static final int AMD_FEATURES_LEAF = 0x8000_0001;

  private static final int AMD_TOPOLOGY_BIT = 22;

  /** No processor has more; ends the search on one that never says "none". */
  private static final int MAX_CACHES = 16;

  private CpuidCaches() {}

  /** Reads the caches of the processors given. */
  static List<CpuCache> read(Cpuid cpuid, CpuSet cpus) {
    int number = leaf(cpuid);
    List<CpuCache> caches = new ArrayList<>();
    for (int i = 0; number != 0 && i < MAX_CACHES; i++) {
      Cpuid.Leaf leaf = cpuid.leaf(number, i);
      int type = leaf.eax() & 0x1f;
      if (type < 1 || type > 3) {
        break;
      }
      caches.addAll(shared(leaf, CpuCache.Kind.values()[type - 1], cpus.toList()));
    }
    return caches;
  }

  private static int leaf(Cpuid cpuid) {
    int highest = cpuid.leaf(HIGHEST_EXTENDED_LEAF, 0).eax();
    if (Integer.compareUnsigned(highest, AMD_LEAF) >= 0
        && (cpuid.leaf(AMD_FEATURES_LEAF, 0).ecx() >>> AMD_TOPOLOGY_BIT & 1) != 0) {
      return AMD_LEAF;
    }
    return cpuid.leaf(0, 0).eax() >= INTEL_LEAF ? INTEL_LEAF : 0;
  }

  private static List<CpuCache> shared(Cpuid.Leaf leaf, CpuCache.Kind kind, List<Integer> cpus) {
    int level = leaf.eax() >>> 5 & 7;
    int threads = (leaf.eax() >>> 14 & 0xfff) + 1;
    long lineBytes = (leaf.ebx() & 0xfff) + 1;
    long partitions = (leaf.ebx() >>> 12 & 0x3ff) + 1;
    long ways = (leaf.ebx() >>> 22 & 0x3ff) + 1;
    long sets = Integer.toUnsignedLong(leaf.ecx()) + 1;
    List<CpuCache> caches = new ArrayList<>();
    for (int first = 0; first < cpus.size(); first += threads) {
      CpuSet neighbours = CpuSet.of(cpus.subList(first, Math.min(first + threads, cpus.size())));
      caches.add(new CpuCache(level, kind, lineBytes * partitions * ways * sets, neighbours));
    }
    return caches;
  }
}
