package io.p2pmining.core.tuning;

/**
 * What is tuned, in this order: the first has the most to gain, and each is tried with the best of
 * those before it. Not among them are the dataset's pages, which cannot be changed without another
 * dataset, and the caches that are fetched into, where all of them was always as good as any.
 */
public enum Aspect {
  /** How what is read of the dataset is fetched ahead. */
  PREFETCH("prefetch"),
  /** How many hashes a thread computes side by side. */
  LANES("lanes"),
  /** How many threads hash. */
  THREADS("threads"),
  /** Whether threads are bound to processors. */
  AFFINITY("affinity"),
  /** The pages under the scratchpads. */
  SCRATCHPADS("scratchpads");

  private final String label;

  Aspect(String label) {
    this.label = label;
  }

  /** The name in reports. */
  public String label() {
    return label;
  }
}
