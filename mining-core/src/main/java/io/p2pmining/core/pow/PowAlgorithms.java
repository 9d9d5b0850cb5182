package io.p2pmining.core.pow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** All algorithms of this process by name. Immutable. */
public final class PowAlgorithms {

  private final Map<String, PowAlgorithm> byName;

  private PowAlgorithms(Map<String, PowAlgorithm> byName) {
    this.byName = byName;
  }

  /**
   * Finds every algorithm on the class path.
   *
   * @throws IllegalStateException if two providers offer the same name
   */
  public static PowAlgorithms load() {
    Map<String, PowAlgorithm> byName = new LinkedHashMap<>();
    for (PowAlgorithmProvider provider : ServiceLoader.load(PowAlgorithmProvider.class)) {
      for (PowAlgorithm algorithm : provider.algorithms()) {
        if (byName.putIfAbsent(algorithm.name(), algorithm) != null) {
          throw new IllegalStateException("algorithm offered twice: name=" + algorithm.name());
        }
      }
    }
    return new PowAlgorithms(byName);
  }

  /** The algorithm of this name, if there is one. */
  public Optional<PowAlgorithm> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All names, in the providers' order. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** All algorithms, in the providers' order. */
  public List<PowAlgorithm> all() {
    return List.copyOf(byName.values());
  }
}
