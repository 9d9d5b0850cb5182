package io.p2pmining.worker.work;

import io.p2pmining.core.memory.SharedTables;
import io.p2pmining.core.memory.Sharing;
import io.p2pmining.core.memory.SharingPolicy;
import io.p2pmining.service.startup.StartupException;
import java.util.Optional;

/**
 * Whether this worker shares tables with others, found out by trying when it starts.
 *
 * @param sharing what is to be done; off if it cannot be done and need not
 * @param heldBytes the length of the largest table that others hold by now, for which this worker
 *     needs no memory of its own
 */
record SharingStart(Sharing sharing, long heldBytes) {

  /**
   * Tries it and sweeps the directory.
   *
   * @throws StartupException if it is required and cannot be done
   */
  static SharingStart of(Sharing wanted) {
    if (!wanted.isOn()) {
      return new SharingStart(Sharing.OFF, 0);
    }
    SharedTables tables = SharedTables.of(wanted);
    Optional<String> obstacle = tables.obstacle();
    if (obstacle.isEmpty()) {
      WorkLog.sharing(wanted);
      return new SharingStart(wanted, tables.sweep());
    }
    if (wanted.policy() == SharingPolicy.REQUIRED) {
      throw new StartupException(
          "large tables cannot be shared with other workers: " + obstacle.get(),
          "or set p2pmine.worker.shared-memory=auto, so that this worker has its own then",
          null);
    }
    WorkLog.cannotShare(obstacle.get());
    return new SharingStart(Sharing.OFF, 0);
  }
}
