package io.p2pmining.worker.machine;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PowAlgorithms;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The algorithms that this worker hashes, in which mode, and what it has learned about them while
 * hashing. Safe for use by any thread; at most one entry for each algorithm.
 */
public final class AlgorithmCatalog {

  private final PowAlgorithms algorithms;
  private final HashingMode wantedMode;
  private final Map<String, EngineUse> engines = new ConcurrentHashMap<>();
  private final Map<String, Integer> hashingThreads = new ConcurrentHashMap<>();
  private volatile OptionalInt lastThreads = OptionalInt.empty();
  private final Map<String, TuningState> tuning = new ConcurrentHashMap<>();
  private final Map<String, Double> rates = new ConcurrentHashMap<>();

  /**
   * A catalog of all algorithms.
   *
   * @param wantedMode used for every algorithm that has it
   */
  public AlgorithmCatalog(PowAlgorithms algorithms, HashingMode wantedMode) {
    this.algorithms = algorithms;
    this.wantedMode = wantedMode;
  }

  public Optional<PowAlgorithm> find(String name) {
    return algorithms.find(name);
  }

  public List<PowAlgorithm> all() {
    return algorithms.all();
  }

  /** The mode in which this worker hashes an algorithm. */
  public HashingMode modeOf(PowAlgorithm algorithm) {
    return algorithm.modes().contains(wantedMode) ? wantedMode : HashingMode.LIGHT;
  }

  /** Learns what computes an algorithm's hashes; true if that is news. */
  public boolean learnEngine(PreparedSeed prepared) {
    EngineUse use = EngineUse.of(prepared);
    return !use.equals(engines.put(prepared.algorithm().name(), use));
  }

  /** What last computed an algorithm's hashes; empty if nothing did yet. */
  public Optional<EngineUse> useOf(PowAlgorithm algorithm) {
    return Optional.ofNullable(engines.get(algorithm.name()));
  }

  /** Learns that an algorithm is hashed in another shape than its engine has by default. */
  public void learnShape(PowAlgorithm algorithm, int threads, int lanes) {
    hashingThreads.put(algorithm.name(), threads);
    lastThreads = OptionalInt.of(threads);
    engines.computeIfPresent(algorithm.name(), (name, use) -> use.withLanes(lanes));
  }

  /** Learns that every algorithm is hashed on so many threads from now on. */
  public void learnThreads(int threads) {
    algorithms.all().forEach(algorithm -> hashingThreads.put(algorithm.name(), threads));
    lastThreads = OptionalInt.of(threads);
  }

  /** How many threads hash an algorithm; empty for as many as are usual. */
  public OptionalInt threadsOf(PowAlgorithm algorithm) {
    Integer threads = hashingThreads.get(algorithm.name());
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }

  /** How many threads hash what was learned last; empty for as many as are usual. */
  public OptionalInt threads() {
    return lastThreads;
  }

  /** Learns how it came that an algorithm is hashed as it is. */
  public void learnTuning(PowAlgorithm algorithm, TuningState state) {
    tuning.put(algorithm.name(), state);
  }

  /** How it came that an algorithm is hashed as it is. */
  public TuningState tuningOf(PowAlgorithm algorithm) {
    return tuning.getOrDefault(algorithm.name(), TuningState.DEFAULT);
  }

  /** Learns how fast all threads together hash. */
  public void learnRate(PowAlgorithm algorithm, double hashesPerSecond) {
    rates.put(algorithm.name(), hashesPerSecond);
  }

  /** The engine that was last used; empty if none was yet. */
  public String engineOf(PowAlgorithm algorithm) {
    return useOf(algorithm).map(EngineUse::engine).orElse("");
  }

  /** The last rate; 0 if none was measured yet. */
  public double rateOf(PowAlgorithm algorithm) {
    return rates.getOrDefault(algorithm.name(), 0.0);
  }
}
