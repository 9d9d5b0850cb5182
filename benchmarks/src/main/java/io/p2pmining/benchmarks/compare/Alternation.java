package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.statistics.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Measures two contenders in turns, so that whatever else the machine does meets both. Only one of
 * them works at a time; who begins changes from pair to pair.
 */
record Alternation(int pairs) {

  /** One measurement of one contender. */
  interface Measurement<T> {
    T of(Contender contender) throws InterruptedException;
  }

  /**
   * Takes all pairs.
   *
   * @param watcher told each pair and its number, from 1 on
   */
  <T> List<Pair<T>> measure(
      Contender ours, Contender theirs, Measurement<T> measurement, ObjIntConsumer<Pair<T>> watcher)
      throws InterruptedException {
    List<Pair<T>> measured = new ArrayList<>();
    for (int number = 1; number <= pairs; number++) {
      Pair<T> pair;
      if (number % 2 == 1) {
        T first = measurement.of(ours);
        pair = new Pair<>(first, measurement.of(theirs));
      } else {
        T first = measurement.of(theirs);
        pair = new Pair<>(measurement.of(ours), first);
      }
      measured.add(pair);
      watcher.accept(pair, number);
    }
    return measured;
  }
}
