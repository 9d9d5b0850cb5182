package io.p2pmining.benchmarks.compare;

import io.p2pmining.benchmarks.contender.Blob;
import io.p2pmining.benchmarks.contender.Contender;
import io.p2pmining.benchmarks.contender.ContenderException;
import io.p2pmining.benchmarks.contender.HashRun;
import io.p2pmining.benchmarks.contender.InitRun;
import io.p2pmining.benchmarks.contender.Mode;
import io.p2pmining.benchmarks.contender.Terms;
import io.p2pmining.benchmarks.statistics.Pair;
import io.p2pmining.benchmarks.statistics.PairedMeasurements;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Two contenders in one mode. Used by one thread.
 *
 * @param seconds how long each run hashes
 * @param progress told every pair
 */
record Contest(Terms terms, Alternation alternation, double seconds, PrintWriter progress) {

  private static final int AGREEING_HASHES = 3;

  /** A cache is computed by one thread. */
  private static final int CACHE_THREADS = 1;

  /** Refuses contenders that are on different pages. */
  static void requireSamePages(Contender ours, Contender theirs) {
    if (!ours.pages().equals(theirs.pages())) {
      throw new ContenderException(
          "ours is on %s pages, theirs on %s; --any-pages compares them all the same"
              .formatted(ours.pages(), theirs.pages()));
    }
  }

  /** Refuses contenders that compute different hashes, but in masked mode, where that is meant. */
  void requireSameHashes(Contender ours, Contender theirs) throws InterruptedException {
    int count = terms.mode() == Mode.MASKED ? 0 : AGREEING_HASHES;
    for (int nonce = 0; nonce < count; nonce++) {
      byte[] input = Blob.withNonce(nonce);
      if (!Arrays.equals(ours.hash(input), theirs.hash(input))) {
        throw new ContenderException(
            "ours and theirs disagree on the hash of nonce="
                + nonce
                + "; --any-hashes compares them all the same");
      }
    }
  }

  /** Measures some metrics, which are all of this mode. */
  Report.Part measure(Contender ours, Contender theirs, Set<Metric> metrics)
      throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    double allocated = 0;
    for (Metric metric : metrics.isEmpty() ? metrics : EnumSet.copyOf(metrics)) {
      if (metric.isRate()) {
        List<Pair<HashRun>> runs = rates(metric, ours, theirs);
        findings.add(finding(metric, "hashes a second", true, runs, HashRun::hashesPerSecond));
        findings.add(
            finding(
                metric,
                "hashes a processor second",
                true,
                runs,
                HashRun::hashesPerProcessorSecond));
        allocated = Math.max(allocated, mostAllocated(runs));
      } else {
        findings.addAll(initialisations(metric, ours, theirs));
      }
    }
    return new Report.Part(
        terms.mode(), ours.description(), theirs.description(), findings, allocated);
  }

  private List<Pair<HashRun>> rates(Metric metric, Contender ours, Contender theirs)
      throws InterruptedException {
    ours.hashFor(seconds);
    theirs.hashFor(seconds);
    return alternation.measure(
        ours,
        theirs,
        contender -> contender.hashFor(seconds),
        (pair, number) -> tell(metric, number, pair.map(HashRun::hashesPerSecond)));
  }

  private List<Finding> initialisations(Metric metric, Contender ours, Contender theirs)
      throws InterruptedException {
    boolean cache = metric == Metric.CACHE;
    int threads = cache ? CACHE_THREADS : terms.initThreads();
    ToDoubleFunction<InitRun> clock = cache ? InitRun::cacheSeconds : InitRun::datasetSeconds;
    List<Pair<InitRun>> runs =
        alternation.measure(
            ours,
            theirs,
            contender -> contender.initialise(threads),
            (pair, number) -> tell(metric, number, pair.map(clock::applyAsDouble)));
    String processor = cache ? "processor seconds" : "processor seconds with the cache";
    return List.of(
        finding(metric, "seconds", false, runs, clock),
        finding(metric, processor, false, runs, InitRun::processorSeconds));
  }

  private static <T> Finding finding(
      Metric metric,
      String unit,
      boolean moreIsBetter,
      List<Pair<T>> runs,
      ToDoubleFunction<T> value) {
    List<Pair<Double>> pairs = runs.stream().map(pair -> pair.map(value::applyAsDouble)).toList();
    return new Finding(metric.label(), unit, moreIsBetter, PairedMeasurements.of(pairs));
  }

  private static double mostAllocated(List<Pair<HashRun>> runs) {
    return runs.stream()
        .map(Pair::ours)
        .mapToDouble(run -> (double) run.allocatedBytes() / run.hashes())
        .max()
        .orElseThrow();
  }

  private void tell(Metric metric, int number, Pair<Double> pair) {
    progress.printf(
        "%s, pair %d of %d: ours %.3f, theirs %.3f%n",
        metric.label(), number, alternation.pairs(), pair.ours(), pair.theirs());
    progress.flush();
  }
}
