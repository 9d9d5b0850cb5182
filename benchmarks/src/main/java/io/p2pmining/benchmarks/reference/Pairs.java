package io.p2pmining.benchmarks.reference;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Two ways to do the same, measured in alternation, so that whatever else the machine does meets
 * both. Who begins changes from pair to pair.
 */
record Pairs(List<Pair> pairs) {

  /** One measurement, in the same unit by the clock and by the processor time it took. */
  record Sample(double byClock, double byProcessor) {}

  private record Pair(Sample ours, Sample reference) {}

  static Pairs measure(
      int count, Supplier<Sample> ours, Supplier<Sample> reference, PrintWriter out) {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Pair pair;
      if (i % 2 == 0) {
        Sample first = ours.get();
        pair = new Pair(first, reference.get());
      } else {
        Sample first = reference.get();
        pair = new Pair(ours.get(), first);
      }
      pairs.add(pair);
      out.printf(
          "  pair %d: ours %.2f, reference %.2f%n",
          i + 1, pair.ours.byClock(), pair.reference.byClock());
      out.flush();
    }
    return new Pairs(pairs);
  }

  void print(PrintWriter out) {
    out.printf("  median (least to greatest), by clock and by processor time:%n");
    out.printf(
        "  ours       %s   %s%n", spread(p -> p.ours.byClock), spread(p -> p.ours.byProcessor));
    out.printf(
        "  reference  %s   %s%n",
        spread(p -> p.reference.byClock), spread(p -> p.reference.byProcessor));
    out.printf(
        "  ours / ref %s   %s%n%n",
        spread(p -> p.ours.byClock / p.reference.byClock),
        spread(p -> p.ours.byProcessor / p.reference.byProcessor));
    out.flush();
  }

  private Spread spread(Function<Pair, Double> value) {
    return Spread.of(pairs.stream().map(value).toList());
  }
}
