package io.p2pmining.core.pow;

import java.time.Duration;
import java.util.Optional;

/**
 * An algorithm with its key worked in, from which hashers are made. Safe for use by any thread.
 * Closing it frees its memory; the owner closes every hasher first.
 */
public interface PreparedSeed extends AutoCloseable {

  PowAlgorithm algorithm();

  HashingMode mode();

  /** A copy of the key. */
  byte[] seed();

  /** What computes the hashes, for example {@code interpreter} or {@code java}. */
  String engine();

  /**
   * The newest processor extensions that generated code uses, by the {@linkplain
   * InstructionLimit#label() label} of the limit that would still allow it; {@code jvm} where there
   * is none and the JVM decides.
   */
  default String instructions() {
    return "jvm";
  }

  /** How many hashes a pipeline computes side by side. */
  default int lanes() {
    return 1;
  }

  /** The most hashes that a pipeline of this seed can compute side by side. */
  default int mostLanes() {
    return 1;
  }

  /**
   * How pipelines fetch ahead what they read of the largest table; {@link PrefetchMode#AUTO} where
   * there is nothing to choose.
   */
  default PrefetchMode prefetch() {
    return PrefetchMode.AUTO;
  }

  /** How often the largest table is there, once for each NUMA node that was wanted and fit. */
  default int tables() {
    return 1;
  }

  /** The kind of memory pages under the large tables: {@code 4k}, {@code thp}, {@code 2m} … */
  String pages();

  /** How long the cache took; zero if the algorithm has none. */
  Duration cacheInitTime();

  /** How long the dataset took; zero if there is none. */
  Duration datasetInitTime();

  /** A new hasher, for one thread at a time. */
  Hasher newHasher();

  /**
   * A new pipeline, for one thread at a time, with as many lanes as the engine finds best.
   *
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for its
   *     lanes
   */
  default HashPipeline newPipeline() {
    return newPipeline(PipelineShape.AUTO);
  }

  /**
   * A new pipeline, for one thread at a time.
   *
   * @param lanes how many hashes side by side; an engine that cannot do it takes fewer
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for its
   *     lanes
   */
  default HashPipeline newPipeline(int lanes) {
    return newPipeline(PipelineShape.AUTO.withLanes(lanes));
  }

  /**
   * A new pipeline of a shape, for one thread at a time.
   *
   * @throws io.p2pmining.core.memory.InsufficientMemoryException if there is no memory for its
   *     lanes
   */
  default HashPipeline newPipeline(PipelineShape shape) {
    return new SequentialPipeline(newHasher());
  }

  /**
   * A hash under this seed that was computed in another way than its pipelines compute it, by an
   * interpreter for example: what a pipeline makes of the same input shows whether processor,
   * memory and code can be trusted. Empty if there is no other way. The first call computes it, for
   * a fraction of a second.
   */
  default Optional<KnownAnswer> check() {
    return Optional.empty();
  }

  @Override
  void close();
}
