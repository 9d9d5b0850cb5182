package io.p2pmining.core.cpu;

import io.p2pmining.core.cpu.MiningPlan.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Ranks hardware threads by how well they mine.
 *
 * @param topology the cores and caches
 * @param nodes the NUMA nodes
 * @param allowed the hardware threads that may be used
 * @param bytesPerThread what a mining thread wants to keep in the last cache
 */
record PlaceRanking(CacheTopology topology, NumaNodes nodes, CpuSet allowed, long bytesPerThread) {

  /**
   * A place with what decides about its rank.
   *
   * @param fits whether its cache has room for it and those before it
   * @param sibling 0 for the first usable thread of a core, 1 for the second
   * @param position its rank among those of its cache
   * @param cache the rank of the cache
   */
  private record Ranked(Place place, boolean fits, int sibling, int position, int cache) {}

  /** A hardware thread of a core. */
  private record Sibling(int cpu, int index, long speed) {}

  private static final Comparator<Ranked> BEST_FIRST =
      Comparator.comparing((Ranked ranked) -> !ranked.fits())
          .thenComparing(Ranked::sibling)
          .thenComparing(Ranked::position)
          .thenComparing(Ranked::cache);

  private static final Comparator<Sibling> FASTEST_FIRST =
      Comparator.comparingInt(Sibling::index)
          .thenComparing(Comparator.comparingLong(Sibling::speed).reversed())
          .thenComparingInt(Sibling::cpu);

  MiningPlan plan() {
    List<CpuCache> caches = topology.lastLevel();
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < caches.size(); i++) {
      ranked.addAll(ranked(caches.get(i), i));
    }
    ranked.sort(BEST_FIRST);
    return new MiningPlan(
        ranked.stream().map(Ranked::place).toList(),
        (int) ranked.stream().filter(Ranked::fits).count());
  }

  private List<Ranked> ranked(CpuCache cache, int cacheRank) {
    List<Sibling> siblings = siblings(cache);
    // With nothing known of the cache all threads mine; with too small a cache still one does.
    long fitting =
        cache.bytes() == 0 ? Long.MAX_VALUE : Math.max(1, cache.bytes() / bytesPerThread);
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < siblings.size(); i++) {
      Sibling sibling = siblings.get(i);
      Place place = new Place(sibling.cpu(), nodes.nodeOf(sibling.cpu()));
      ranked.add(new Ranked(place, i < fitting, sibling.index(), i, cacheRank));
    }
    return ranked;
  }

  /** The usable hardware threads at a cache. */
  private List<Sibling> siblings(CpuCache cache) {
    List<Sibling> siblings = new ArrayList<>();
    for (CpuCore core : topology.cores()) {
      List<Integer> usable = core.threads().and(cache.cpus()).and(allowed).toList();
      for (int i = 0; i < usable.size(); i++) {
        siblings.add(new Sibling(usable.get(i), i, core.speed()));
      }
    }
    siblings.sort(FASTEST_FIRST);
    return siblings;
  }
}
