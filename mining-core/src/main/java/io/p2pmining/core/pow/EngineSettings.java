package io.p2pmining.core.pow;

import io.p2pmining.core.memory.PagePolicy;
import io.p2pmining.core.memory.Sharing;
import java.util.List;

/**
 * How hashes are to be computed. Changes speed and memory, never a result.
 *
 * @param compiler whether generated machine code computes them
 * @param instructions which extensions that code may use
 * @param lanes how many hashes one thread computes side by side, 1 to {@link #MAX_LANES}; {@link
 *     #AUTO_LANES} leaves it to the engine
 * @param prefetch how that code fetches ahead what it will read of the largest table
 * @param pages the pages under the large tables
 * @param sharing whether processes have one copy of them
 * @param nodes the NUMA nodes that are to have a copy each of the largest table, the first of which
 *     gets the original, unless that is shared and lies where another process computed it; the
 *     further copies are never shared; empty for a single one that may lie anywhere
 */
public record EngineSettings(
    CompilerPolicy compiler,
    InstructionLimit instructions,
    int lanes,
    PrefetchMode prefetch,
    PagePolicy pages,
    Sharing sharing,
    List<HashingNode> nodes) {

  /** The engine chooses how many hashes run side by side. */
  public static final int AUTO_LANES = 0;

  /** More lanes gain nothing on any processor that was tried. */
  public static final int MAX_LANES = 4;

  /** The best that the machine offers. */
  public static final EngineSettings AUTO =
      new EngineSettings(CompilerPolicy.AUTO, InstructionLimit.AUTO, AUTO_LANES, PagePolicy.AUTO);

  public EngineSettings {
    requireLanes(lanes);
    nodes = List.copyOf(nodes);
  }

  /** Tables of this process's own that may lie anywhere, fetched as the engine finds best. */
  public EngineSettings(
      CompilerPolicy compiler, InstructionLimit instructions, int lanes, PagePolicy pages) {
    this(compiler, instructions, lanes, PrefetchMode.AUTO, pages, Sharing.OFF, List.of());
  }

  static void requireLanes(int lanes) {
    if (lanes < AUTO_LANES || lanes > MAX_LANES) {
      throw new IllegalArgumentException("lanes=" + lanes + ", must be 1 to " + MAX_LANES);
    }
  }

  /** The most hashes that may run side by side on a thread: what memory must suffice for. */
  public int mostLanes() {
    return lanes == AUTO_LANES ? MAX_LANES : lanes;
  }

  /** How many copies of the largest table there are beside the original. */
  public int copies() {
    return Math.max(0, nodes.size() - 1);
  }

  /** The node of a processor; {@link PipelineShape#ANY_NODE} if none of {@code nodes} has it. */
  public int nodeOf(int cpu) {
    return nodes.stream()
        .filter(node -> node.cpus().contains(cpu))
        .mapToInt(HashingNode::number)
        .findFirst()
        .orElse(PipelineShape.ANY_NODE);
  }

  /** Where the original of the largest table lies; {@link PipelineShape#ANY_NODE} for anywhere. */
  public int firstNode() {
    return nodes.isEmpty() ? PipelineShape.ANY_NODE : nodes.getFirst().number();
  }

  /** The same, under another compiler policy. */
  public EngineSettings withCompiler(CompilerPolicy policy) {
    return new EngineSettings(policy, instructions, lanes, prefetch, pages, sharing, nodes);
  }

  /** The same, with another limit of instructions. */
  public EngineSettings withInstructions(InstructionLimit limit) {
    return new EngineSettings(compiler, limit, lanes, prefetch, pages, sharing, nodes);
  }

  /** The same, with another number of hashes side by side. */
  public EngineSettings withLanes(int count) {
    return new EngineSettings(compiler, instructions, count, prefetch, pages, sharing, nodes);
  }

  /** The same, fetching ahead in another way. */
  public EngineSettings withPrefetch(PrefetchMode mode) {
    return new EngineSettings(compiler, instructions, lanes, mode, pages, sharing, nodes);
  }

  /** The same, on other pages. */
  public EngineSettings withPages(PagePolicy policy) {
    return new EngineSettings(compiler, instructions, lanes, prefetch, policy, sharing, nodes);
  }

  /** The same, with tables that processes share. */
  public EngineSettings withSharing(Sharing tables) {
    return new EngineSettings(compiler, instructions, lanes, prefetch, pages, tables, nodes);
  }

  /** The same, with tables near other nodes. */
  public EngineSettings withNodes(List<HashingNode> near) {
    return new EngineSettings(compiler, instructions, lanes, prefetch, pages, sharing, near);
  }
}
