package io.p2pmining.worker.work;

import io.p2pmining.common.wire.v1.AssignedUnit;
import java.util.Set;

/**
 * A unit as a checkpoint has it.
 *
 * @param unit as the master assigned it
 * @param searched that many of its first nonces have all been hashed, fewer than it has
 * @param found the nonces of the shares that were found beyond those
 */
record SavedUnit(AssignedUnit unit, long searched, Set<Integer> found) {

  SavedUnit {
    if (searched < 0 || searched >= unit.getNonceCount()) {
      throw new IllegalArgumentException(
          "searched=" + searched + ", nonces=" + unit.getNonceCount());
    }
    found = Set.copyOf(found);
  }
}
