package io.p2pmining.benchmarks.statistics;

import java.util.function.Function;

/** Two measurements of the same, one right after the other. */
public record Pair<T>(T ours, T theirs) {

  /** The pair of what {@code part} finds in each. */
  public <R> Pair<R> map(Function<T, R> part) {
    return new Pair<>(part.apply(ours), part.apply(theirs));
  }
}
