package io.p2pmining.cli.up;

import java.util.List;
import java.util.stream.IntStream;

/** Divides the cores of a machine among its workers. */
final class CoreDivision {

  private CoreDivision() {}

  /**
   * The cores for each worker: as equal as can be, the first ones get the rest, none gets less than
   * 1.
   */
  static List<Integer> divide(int cores, int workers) {
    return IntStream.range(0, workers)
        .mapToObj(worker -> Math.max(1, cores / workers + (worker < cores % workers ? 1 : 0)))
        .toList();
  }
}
