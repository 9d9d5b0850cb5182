package io.p2pmining.core.tuning;

import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.PrefetchMode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What may be tried on a machine.
 *
 * @param plan which processors that many threads are bound to
 * @param prefetches ways to fetch ahead; one alone if that is not to be tuned, as in the lists that
 *     follow
 * @param lanes numbers of lanes
 * @param threads numbers of threads
 * @param bound whether each thread is bound to a processor
 * @param scratchpads pages under the scratchpads
 */
public record TuningChoices(
    MiningPlan plan,
    List<PrefetchMode> prefetches,
    List<Integer> lanes,
    List<Integer> threads,
    List<Boolean> bound,
    List<PagePolicy> scratchpads) {

  public TuningChoices {
    prefetches = List.copyOf(prefetches);
    lanes = List.copyOf(lanes);
    threads = List.copyOf(threads);
    bound = List.copyOf(bound);
    scratchpads = List.copyOf(scratchpads);
  }

  /**
   * What a machine and its owner leave open. Small pages are not among what is tried: a scratchpad
   * takes one entry of the TLB on a huge page, and 512 on small ones.
   *
   * @param usual where tuning starts; its processors are what the owner or the plan says, and
   *     {@link PrefetchMode#AUTO} says that there is no way to choose
   * @param cores how many cores the machine has; there may be more hardware threads
   * @param mostLanes how many lanes a pipeline can have
   * @param keepBound whether threads must stay bound, because memory has been laid out for that
   */
  public static TuningChoices of(
      MiningShape usual,
      MiningPlan plan,
      int cores,
      int mostLanes,
      boolean keepBound,
      FixedSettings fixed) {
    boolean bindable = !fixed.fixesAffinity() && usual.isBound() && !keepBound;
    return new TuningChoices(
        plan,
        fixed.fixesPrefetch() || usual.prefetch() == PrefetchMode.AUTO
            ? List.of(usual.prefetch())
            : List.of(PrefetchMode.AT_ONCE, PrefetchMode.WALK_FIRST),
        fixed.fixesLanes() || mostLanes == 1
            ? List.of(usual.lanes())
            : IntStream.rangeClosed(1, mostLanes).boxed().toList(),
        fixed.fixesThreads() ? List.of(usual.threads()) : threadCounts(usual, plan, cores),
        bindable ? List.of(true, false) : List.of(usual.isBound()),
        fixed.fixesPages() || mostLanes == 1
            ? List.of(usual.scratchpadPages())
            : List.of(PagePolicy.AUTO, PagePolicy.TRANSPARENT_HUGE));
  }

  /** As many as there are cores, as caches hold scratchpads for, and as the machine can run. */
  private static List<Integer> threadCounts(MiningShape usual, MiningPlan plan, int cores) {
    return Stream.of(usual.threads(), cores, plan.recommended(), plan.places().size())
        .filter(count -> count == usual.threads() || (count > 0 && count <= plan.places().size()))
        .distinct()
        .sorted()
        .toList();
  }

  /** The most threads that any choice has. */
  public int mostThreads() {
    return threads.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  /** What to try of an aspect beside the best so far. */
  List<MiningShape> alternatives(Aspect aspect, MiningShape best) {
    Stream<MiningShape> all =
        switch (aspect) {
          case PREFETCH -> prefetches.stream().map(best::withPrefetch);
          case LANES -> lanes.stream().map(best::withLanes);
          case THREADS -> threads.stream().map(count -> onThreads(best, count, best.isBound()));
          case AFFINITY -> bound.stream().map(bind -> onThreads(best, best.threads(), bind));
          case SCRATCHPADS -> scratchpads.stream().map(best::withScratchpadPages);
        };
    return all.filter(shape -> !shape.equals(best)).distinct().toList();
  }

  private MiningShape onThreads(MiningShape shape, int count, boolean bind) {
    if (count == shape.threads() && bind == shape.isBound()) {
      return shape;
    }
    List<Integer> cpus = bind ? plan.cpus(count) : List.of();
    return shape.withThreads(count, cpus.size() == count ? cpus : List.of());
  }

  /** How many shapes are measured in all, each aspect's best so far included. */
  public int measured(MiningShape start) {
    return Stream.of(Aspect.values())
        .mapToInt(aspect -> alternatives(aspect, start).size())
        .filter(alternatives -> alternatives > 0)
        .map(alternatives -> alternatives + 1)
        .sum();
  }
}
