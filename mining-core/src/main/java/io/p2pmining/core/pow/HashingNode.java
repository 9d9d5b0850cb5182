package io.p2pmining.core.pow;

import java.util.List;

/**
 * A NUMA node on which threads hash.
 *
 * @param number as the system counts it, from 0
 * @param cpus its processors, at least one
 */
public record HashingNode(int number, List<Integer> cpus) {

  public HashingNode {
    cpus = List.copyOf(cpus);
    if (number < 0 || cpus.isEmpty()) {
      throw new IllegalArgumentException("number=" + number + ", cpus=" + cpus);
    }
  }
}
