package io.p2pmining.core.miner;

import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import io.p2pmining.core.pow.PreparedSeed;
import java.util.HashMap;
import java.util.Map;

/**
 * How threads hash each algorithm in each mode; as the settings say where nobody said otherwise.
 * Guarded by the miner's lock; at most one entry for each algorithm and mode.
 */
final class Shapes {

  private record Kind(PowAlgorithm algorithm, HashingMode mode) {}

  private final Map<Kind, MiningShape> chosen = new HashMap<>();
  private final MiningShape usual;

  Shapes(MiningShape usual) {
    this.usual = usual;
  }

  /** As the settings say; the same object each time. */
  MiningShape usual() {
    return usual;
  }

  MiningShape of(PowAlgorithm algorithm, HashingMode mode) {
    return chosen.getOrDefault(new Kind(algorithm, mode), usual);
  }

  MiningShape of(PreparedSeed seed) {
    return of(seed.algorithm(), seed.mode());
  }

  /** Chooses a shape; true if that changes anything. */
  boolean choose(PowAlgorithm algorithm, HashingMode mode, MiningShape shape) {
    if (shape.equals(of(algorithm, mode))) {
      return false;
    }
    chosen.put(new Kind(algorithm, mode), shape);
    return true;
  }
}
