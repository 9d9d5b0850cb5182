package io.p2pmining.cli.up;

import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;

/** How much memory a cluster on one machine takes when it hashes in light mode. */
final class ClusterMemory {

  private static final long MIB = 1L << 20;

  /** A worker beside its cache and scratchpads. */
  private static final long WORKER_BYTES = 160 * MIB;

  /** A master beside the caches with which it verifies. */
  private static final long MASTER_BYTES = 320 * MIB;

  /** At a change of keys the master verifies under the old and the new one. */
  private static final int MASTER_SEEDS = 2;

  private ClusterMemory() {}

  /** The need of a master and workers with so many threads in all. */
  static MemoryNeed of(PowAlgorithm algorithm, int workers, int threads) {
    long seed = algorithm.preparedBytes(HashingMode.LIGHT);
    long bytes =
        MASTER_BYTES
            + MASTER_SEEDS * seed
            + workers * (WORKER_BYTES + seed)
            + threads * algorithm.hasherBytes();
    String cluster = "for a master and " + workers + (workers == 1 ? " worker" : " workers");
    return new MemoryNeed(
        bytes, cluster, workers == 1 ? "close other programs" : "start fewer with --workers");
  }
}
