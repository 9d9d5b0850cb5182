package io.p2pmining.master.work;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Told of everything that happens to units, under the queue's lock: returns at once. */
public interface UnitLog {

  /** For who keeps no record. */
  UnitLog NONE =
      new UnitLog() {
        @Override
        public void unitChanged(@Nullable WorkUnit before, WorkUnit after) {}

        @Override
        public void leaseEnded(WorkUnit last, LeaseEnding ending, long resultId, Instant at) {}
      };

  /**
   * A unit was added or changed.
   *
   * @param before null if the unit is new
   */
  void unitChanged(@Nullable WorkUnit before, WorkUnit after);

  /**
   * A lease ended, and its unit is not complete.
   *
   * @param last the unit as it was under the lease
   * @param resultId the worker's id of the result that ended it; 0 if none did
   */
  void leaseEnded(WorkUnit last, LeaseEnding ending, long resultId, Instant at);
}
