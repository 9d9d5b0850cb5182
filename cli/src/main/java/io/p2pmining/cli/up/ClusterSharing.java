package io.p2pmining.cli.up;

import io.p2pmining.cli.service.GivenSettings;
import io.p2pmining.core.memory.SharedTables;
import io.p2pmining.core.memory.Sharing;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the workers of a cluster have one copy of the large tables.
 *
 * @param directory where they meet; null if each has its own
 * @param threads how many threads compute a table: those of all workers
 */
record ClusterSharing(@Nullable Path directory, int threads) {

  /** The setting with which an operator says otherwise. */
  private static final String SETTING = "p2pmine.worker.shared-memory";

  private static final String DIRECTORY = "shared";

  /**
   * Several workers share where the system allows it, unless they are told not to.
   *
   * @param data the data directory of the cluster
   */
  static ClusterSharing choose(Path data, int workers, int threads, GivenSettings settings) {
    Path directory = data.resolve(DIRECTORY).toAbsolutePath();
    String policy = settings.choice(SETTING);
    if (policy.equals("off") || workers == 1) {
      return new ClusterSharing(null, threads);
    }
    Optional<String> obstacle = SharedTables.of(Sharing.through(directory)).obstacle();
    // Where it is required the workers say what stands in the way, and do not start.
    return obstacle.isPresent() && !policy.equals("required")
        ? new ClusterSharing(null, threads)
        : new ClusterSharing(directory, threads);
  }

  boolean isOn() {
    return directory != null;
  }

  /** Deletes what workers left that were in a hurry or were killed; to be called when all ended. */
  void sweep() {
    if (directory != null) {
      long ignored = SharedTables.of(Sharing.through(directory)).sweep();
    }
  }
}
