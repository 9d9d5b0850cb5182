package io.p2pmining.master.dispatch;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What all connected workers together hash in a second, by algorithm, as of the last look at them.
 * Owned by the dispatcher's thread.
 */
final class Throughput {

  private final Collection<Worker> workers;
  private final Map<String, Double> rates = new HashMap<>();

  /**
   * @param workers those that are known, a live view
   */
  Throughput(Collection<Worker> workers) {
    this.workers = workers;
  }

  /** Rates have changed, or workers left: figures are taken anew when they are asked for. */
  void refresh() {
    rates.clear();
  }

  /** A worker has come that no figure counts yet. */
  void joined(Worker worker) {
    rates.replaceAll((algorithm, rate) -> rate + rateOf(worker, algorithm));
  }

  /** The hashes a second of an algorithm that some worker runs. */
  double of(String algorithm) {
    return rates.computeIfAbsent(
        algorithm,
        name -> workers.stream().mapToDouble(worker -> connectedRate(worker, name)).sum());
  }

  private static double connectedRate(Worker worker, String algorithm) {
    return worker.link() == null ? 0 : rateOf(worker, algorithm);
  }

  private static double rateOf(Worker worker, String algorithm) {
    return worker.profile().abilityFor(algorithm).map(worker::rateFor).orElse(0.0);
  }
}
