package io.p2pmining.cli.machine;

import io.p2pmining.core.cpu.NumaNodes;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.HashingNode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.tuning.NodeChoice;
import java.io.PrintWriter;
import java.util.List;

/** Memory for the NUMA nodes of a machine. */
public final class Nodes {

  private Nodes() {}

  /**
   * Settings with a dataset for each node on which threads hash, or with one for all where memory
   * is short of that, which is said.
   *
   * @param cpus by thread, the processor that it is bound to; empty if threads are not bound
   * @param threads how many threads hash
   */
  public static EngineSettings near(
      List<Integer> cpus,
      int threads,
      PowAlgorithm algorithm,
      HashingMode mode,
      EngineSettings engine,
      PrintWriter err) {
    return near(
        NodeChoice.of(NumaNodes.detect(), cpus),
        threads,
        algorithm,
        mode,
        engine,
        AvailableMemory.ofThisMachine(),
        err);
  }

  static EngineSettings near(
      List<HashingNode> nodes,
      int threads,
      PowAlgorithm algorithm,
      HashingMode mode,
      EngineSettings engine,
      AvailableMemory memory,
      PrintWriter err) {
    EngineSettings near = engine.withNodes(nodes);
    MemoryNeed need = MemoryNeed.of(algorithm, mode, threads, near);
    if (need.fits(memory)) {
      return near;
    }
    err.printf(
        "one dataset for all %d NUMA nodes, which is slower: one for each needs %d MiB%n",
        nodes.size(), need.mebibytes());
    return engine;
  }
}
