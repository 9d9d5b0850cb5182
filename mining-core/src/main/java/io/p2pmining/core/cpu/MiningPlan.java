package io.p2pmining.core.cpu;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which hardware threads are to mine, best first: any number of them from the start of the list is
 * the best choice of that many. Each last-level cache gets as many threads as it holds scratchpads
 * for, the caches in turn; one thread of each core before the second of any, faster cores before
 * slower ones; then what no cache has room for.
 *
 * @param places all hardware threads that may be used
 * @param recommended how many of them fit the caches; at least 1 unless there are none
 */
public record MiningPlan(List<Place> places, int recommended) {

  /**
   * A hardware thread for one mining thread.
   *
   * @param cpu its number
   * @param node the number of its NUMA node
   */
  public record Place(int cpu, int node) {}

  public MiningPlan {
    places = List.copyOf(places);
    if (recommended < 0 || recommended > places.size()) {
      throw new IllegalArgumentException(
          "recommended=%d, places=%d".formatted(recommended, places.size()));
    }
  }

  /**
   * Makes a plan.
   *
   * @param topology the cores and caches
   * @param nodes the NUMA nodes
   * @param allowed the hardware threads that this process may run on
   * @param bytesPerThread what a mining thread wants to keep in the last cache: its scratchpads
   */
  public static MiningPlan of(
      CacheTopology topology, NumaNodes nodes, CpuSet allowed, long bytesPerThread) {
    if (bytesPerThread <= 0) {
      throw new IllegalArgumentException("bytesPerThread=" + bytesPerThread);
    }
    return new PlaceRanking(topology, nodes, allowed, bytesPerThread).plan();
  }

  /** The plan for this machine and process. */
  public static MiningPlan detect(long bytesPerThread) {
    CacheTopology topology = CacheTopology.detect();
    CpuSet allowed = ThreadAffinity.allowed().orElseGet(topology::cpus);
    return of(topology, NumaNodes.detect(), allowed, bytesPerThread)
        .atMost(Runtime.getRuntime().availableProcessors());
  }

  /** The same, recommending no more than so many threads, as where time is rationed. */
  MiningPlan atMost(int threads) {
    return new MiningPlan(places, Math.min(recommended, threads));
  }

  /** The processors of the first so many mining threads, in order. */
  public List<Integer> cpus(int threads) {
    return places.stream().limit(threads).map(Place::cpu).toList();
  }

  /** By NUMA node, the processors of the first so many mining threads, in order. */
  public Map<Integer, List<Integer>> cpusByNode(int threads) {
    return places.stream()
        .limit(threads)
        .collect(
            Collectors.groupingBy(
                Place::node, TreeMap::new, Collectors.mapping(Place::cpu, Collectors.toList())));
  }
}
