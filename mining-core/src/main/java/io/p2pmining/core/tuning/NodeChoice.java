package io.p2pmining.core.tuning;

import io.p2pmining.core.cpu.NumaNode;
import io.p2pmining.core.cpu.NumaNodes;
import io.p2pmining.core.pow.HashingNode;
import java.util.List;

/** Which NUMA nodes are to have a dataset each. */
public final class NodeChoice {

  private NodeChoice() {}

  /**
   * Those on which threads hash.
   *
   * @param cpus by thread, the processor that it is bound to; empty if threads are not bound, and
   *     then a dataset near a thread is soon far from it
   * @return the first thread's node first; empty if there is only one, whose dataset may as well
   *     lie anywhere
   */
  public static List<HashingNode> of(NumaNodes machine, List<Integer> cpus) {
    List<NumaNode> nodes = machine.of(cpus);
    return nodes.size() < 2
        ? List.of()
        : nodes.stream().map(node -> new HashingNode(node.number(), node.cpus().toList())).toList();
  }
}
