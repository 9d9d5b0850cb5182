package io.p2pmining.core.tuning;

import io.p2pmining.core.cpu.MiningPlan;
import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.miner.MiningShape;
import io.p2pmining.core.pow.PrefetchMode;
import java.util.List;

/**
 * The best way to hash, as it is kept: which processors threads are bound to follows from the plan
 * of the machine.
 *
 * @param threads how many hash
 * @param lanes how many hashes each computes side by side
 * @param prefetch how each fetches ahead
 * @param bound whether each is bound to a processor
 * @param scratchpadPages the pages under the scratchpads
 * @param hashesPerSecond what was measured
 */
public record StoredTuning(
    int threads,
    int lanes,
    PrefetchMode prefetch,
    boolean bound,
    PagePolicy scratchpadPages,
    double hashesPerSecond) {

  /** What is worth keeping of a result. */
  public static StoredTuning of(TuningResult result) {
    MiningShape shape = result.shape();
    return new StoredTuning(
        shape.threads(),
        shape.lanes(),
        shape.prefetch(),
        shape.isBound(),
        shape.scratchpadPages(),
        result.hashesPerSecond());
  }

  /**
   * The shape on this machine.
   *
   * @param usual what threads do without tuning; its processors stay if they are as many
   */
  public MiningShape shape(MiningShape usual, MiningPlan plan) {
    List<Integer> cpus = List.of();
    if (bound) {
      cpus = usual.threads() == threads ? usual.cpus() : plan.cpus(threads);
    }
    return new MiningShape(
        threads, lanes, prefetch, scratchpadPages, cpus.size() == threads ? cpus : List.of());
  }
}
