package io.p2pmining.core.memory;

/** The wish that pages come from the memory of some processors. */
final class NodePreference {

  private NodePreference() {}

  /**
   * Wishes it for a mapping whose pages are not present yet. Memory of another node is slower,
   * which is no reason to have none, so that nothing happens where the system refuses.
   *
   * @param node the NUMA node, or {@link OffHeapMemory#ANY_NODE}
   */
  static void apply(MappingCalls calls, long address, long length, int node) {
    if (node == OffHeapMemory.ANY_NODE) {
      return;
    }
    try {
      calls.prefer(address, length, node);
    } catch (SystemCallException e) {
      System.getLogger(NodePreference.class.getName())
          .log(System.Logger.Level.DEBUG, "no memory of a chosen node: node={0}, {1}", node, e);
    }
  }
}
