package io.p2pmining.worker.work;

import io.p2pmining.common.node.NodeId;
import io.p2pmining.common.wire.v1.WorkunitResult;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker has in hand at one moment: enough for another process of it to go on. Every share
 * of the nonces that count as searched is among the results, or was acknowledged.
 *
 * @param master whose units and results they are; null if there never was a master
 * @param takenAt by the clock of the machine, in whole milliseconds
 * @param units leased to this worker and not ended
 * @param results that the master has not acknowledged, oldest first
 */
record Checkpoint(
    @Nullable NodeId master, Instant takenAt, List<SavedUnit> units, List<WorkunitResult> results) {

  /** Nothing in hand. */
  static final Checkpoint EMPTY = new Checkpoint(null, Instant.EPOCH, List.of(), List.of());

  Checkpoint {
    units = List.copyOf(units);
    results = List.copyOf(results);
  }

  boolean isEmpty() {
    return units.isEmpty() && results.isEmpty();
  }

  /** Whether it says the same, whenever it was taken. */
  boolean saysTheSame(Checkpoint other) {
    return units.equals(other.units) && results.equals(other.results);
  }
}
