package io.p2pmining.master.work;

import io.p2pmining.core.pow.HashingMode;
import java.util.List;
import java.util.Optional;

/**
 * What a worker can do, as far as the distribution of work cares.
 *
 * @param peer who it is
 * @param cores its processor cores
 * @param aes whether they have AES instructions
 * @param threads how many of them mine
 * @param abilities the algorithms it runs
 */
public record WorkerProfile(
    PeerId peer, int cores, boolean aes, int threads, List<Ability> abilities) {

  private static final double AES_FACTOR = 1.5;

  public WorkerProfile {
    abilities = List.copyOf(abilities);
  }

  /** The prior for a worker's speed until it has been measured: cores × (AES ? 1.5 : 1). */
  public double computePower() {
    return cores * (aes ? AES_FACTOR : 1.0);
  }

  /** The ability for an algorithm, if the worker has it. */
  public Optional<Ability> abilityFor(String algorithm) {
    // For every share and heartbeat: no stream.
    for (Ability ability : abilities) {
      if (ability.algorithm().equals(algorithm)) {
        return Optional.of(ability);
      }
    }
    return Optional.empty();
  }

  /**
   * An algorithm that a worker runs.
   *
   * @param measuredHashesPerSecond 0 if it was not measured
   */
  public record Ability(
      String algorithm, HashingMode mode, String engine, double measuredHashesPerSecond) {}
}
