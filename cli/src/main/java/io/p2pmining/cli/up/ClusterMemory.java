package io.p2pmining.cli.up;

import io.p2pmining.cli.machine.MemoryNeed;
import io.p2pmining.core.memory.AvailableMemory;
import io.p2pmining.core.pow.EngineSettings;
import io.p2pmining.core.pow.HashingMode;
import io.p2pmining.core.pow.PowAlgorithm;
import java.util.OptionalLong;

/**
 * How much memory a cluster on one machine takes, and in which mode it hashes therefore. Immutable.
 *
 * @param algorithm what all of its workers hash
 * @param workers how many there are beside the master
 * @param threads of all workers together
 * @param sharing whether all workers have one seed together instead of one each
 */
public record ClusterMemory(PowAlgorithm algorithm, int workers, int threads, boolean sharing) {

  private static final long MIB = 1L << 20;

  /** A worker beside its seed and scratchpads. */
  private static final long WORKER_BYTES = 160 * MIB;

  /** A master beside the caches with which it verifies. */
  private static final long MASTER_BYTES = 320 * MIB;

  /** At a change of keys the master verifies under the old and the new one. */
  private static final int MASTER_SEEDS = 2;

  /** What workers leave to others by default before they take a seed. */
  private static final long RESERVE_BYTES = 64 * MIB;

  /**
   * Full mode if memory allows it for all workers, else light mode.
   *
   * @throws io.p2pmining.cli.CommandFailure if there is too little for light mode
   */
  ClusterMode choose(AvailableMemory memory) {
    OptionalLong available = memory.bytes();
    MemoryNeed full = need(HashingMode.FULL);
    if (available.isEmpty()) {
      // A single worker can find out for itself; several would all count on the same memory.
      return workers == 1
          ? new ClusterMode.Open()
          : new ClusterMode.Light("what is available is not known");
    }
    if (available.getAsLong() - RESERVE_BYTES >= full.bytes()) {
      return new ClusterMode.Open();
    }
    need(HashingMode.LIGHT).check(memory);
    return new ClusterMode.Light(
        "full mode needs %d MiB %s, %d MiB are available"
            .formatted(
                full.mebibytes() + RESERVE_BYTES / MIB,
                full.purpose(),
                available.getAsLong() / MIB));
  }

  /** The need in a mode. */
  public MemoryNeed need(HashingMode mode) {
    long bytes =
        MASTER_BYTES
            + MASTER_SEEDS * algorithm.preparedBytes(HashingMode.LIGHT)
            + workers * WORKER_BYTES
            + (sharing ? 1 : workers) * algorithm.preparedBytes(mode)
            + (long) threads * EngineSettings.MAX_LANES * algorithm.hasherBytes();
    String cluster = "for a master and " + workers + (workers == 1 ? " worker" : " workers");
    return new MemoryNeed(bytes, cluster, remedy(mode));
  }

  private String remedy(HashingMode mode) {
    if (mode == HashingMode.FULL) {
      return "leave out " + ClusterMode.SETTING;
    }
    return workers == 1 ? "close other programs" : "start fewer with --workers";
  }
}
