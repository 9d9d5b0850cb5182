package io.p2pmining.core.pow;

import io.p2pmining.core.memory.OffHeapMemory;
import io.p2pmining.core.memory.PagePolicy;

/**
 * How one pipeline is made. Changes speed and memory, never a result.
 *
 * @param lanes how many hashes it computes side by side, 1 to {@link EngineSettings#MAX_LANES};
 *     {@link EngineSettings#AUTO_LANES} leaves it to the engine, and an engine that cannot do it
 *     takes fewer
 * @param prefetch how it fetches ahead; {@link PrefetchMode#AUTO} for what the {@link
 *     EngineSettings} of the seed say
 * @param scratchpadPages the pages under the scratchpads; {@link PagePolicy#AUTO} for what the
 *     {@link EngineSettings} of the seed say
 * @param node the number of the NUMA node whose copy of the seed's tables it reads, if there is one
 *     for that node; {@link #ANY_NODE} if it does not matter
 */
public record PipelineShape(
    int lanes, PrefetchMode prefetch, PagePolicy scratchpadPages, int node) {

  /** No particular NUMA node. */
  public static final int ANY_NODE = OffHeapMemory.ANY_NODE;

  /** As the engine finds best. */
  public static final PipelineShape AUTO =
      new PipelineShape(EngineSettings.AUTO_LANES, PrefetchMode.AUTO, PagePolicy.AUTO, ANY_NODE);

  public PipelineShape {
    EngineSettings.requireLanes(lanes);
    if (node < ANY_NODE) {
      throw new IllegalArgumentException("node=" + node);
    }
  }

  /** The same with another number of lanes. */
  public PipelineShape withLanes(int count) {
    return new PipelineShape(count, prefetch, scratchpadPages, node);
  }

  /** The same with tables near another NUMA node. */
  public PipelineShape near(int number) {
    return new PipelineShape(lanes, prefetch, scratchpadPages, number);
  }
}
